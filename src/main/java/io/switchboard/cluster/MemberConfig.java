package io.switchboard.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.config.ServerSocketEndpointConfig;

/** How a member of ours differs from what Hazelcast does by default: it fails fast. */
final class MemberConfig {
  private MemberConfig() {
  }

  /** See {@link HazelcastCluster#join}. */
  static Config of(ClusterOptions options, String host, String advertise) {
    var config = new Config().setClusterName(options.name());
    setProperties(config);
    setNetwork(config, options, host, advertise);
    declareMaps(config);
    return config;
  }

  private static void setProperties(Config config) {
    config.setProperty("hazelcast.logging.type", "slf4j")
      .setProperty("hazelcast.shutdownhook.enabled", "false")
      .setProperty("hazelcast.phone.home.enabled", "false")
      .setProperty("hazelcast.socket.bind.any", "false")
      .setProperty("hazelcast.heartbeat.interval.seconds", "1")
      .setProperty("hazelcast.max.no.heartbeat.seconds", "10")
      .setProperty("hazelcast.socket.connect.timeout.seconds", "2")
      // A member whose connection broke and who refuses the next ones is dead: 75 ms, not 300.
      .setProperty("hazelcast.connection.monitor.interval", "25")
      // What meets a partition on the move asks again after so long, not after 500 ms; the tries
      // of who claims to be master are counted by the next line, and stay as patient.
      .setProperty("hazelcast.invocation.retry.pause.millis", "50")
      .setProperty("hazelcast.mastership.claim.timeout.seconds", "1200")
      .setProperty("hazelcast.wait.seconds.before.join", "0")
      .setProperty("hazelcast.max.wait.seconds.before.join", "3")
      // Clusters that met only after they had formed merge within seconds, not after 300.
      .setProperty("hazelcast.merge.first.run.delay.seconds", "5")
      .setProperty("hazelcast.merge.next.run.delay.seconds", "5")
      // A missing backup must never be reported as success.
      .setProperty("hazelcast.operation.fail.on.indeterminate.state", "true");
  }

  private static void setNetwork(
    Config config, ClusterOptions options, String host, String advertise) {
    // Members alone, and not every protocol, are served on this port. And where a port serves
    // every protocol, dialling a node that stands still costs the dialler a whole processor.
    var endpoint = new ServerSocketEndpointConfig().setPort(options.port())
      .setPortAutoIncrement(!options.fixedPort() && options.port() != 0)
      .setPortCount(ClusterOptions.PORTS)
      // A node that comes back at once finds connections of its last life still on the port.
      .setReuseAddress(true);
    if (advertise != null) {
      endpoint.setPublicAddress(advertise);
    }
    endpoint.getInterfaces().setEnabled(true).addInterface(host);
    var network = config.getAdvancedNetworkConfig().setEnabled(true)
      .setMemberEndpointConfig(endpoint);
    var join = network.getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    join.getTcpIpConfig().setEnabled(true).setMembers(options.join())
      .setConnectionTimeoutSeconds(2);
  }

  private static void declareMaps(Config config) {
    // What vertx-hazelcast's own configuration file declares, but for one thing.
    // Backups of what Vert.x writes here are not waited for: a node that joins while partitions
    // move would fail on them, and every node registers its own again when a member is lost.
    config.addMultiMapConfig(new MultiMapConfig("__vertx.subs").setBackupCount(0)
      .setAsyncBackupCount(1)
      .setValueCollectionType(MultiMapConfig.ValueCollectionType.SET));
    config.getMapConfig("__vertx.haInfo").setBackupCount(1);
    config.getMapConfig("__vertx.nodeInfo").setBackupCount(0).setAsyncBackupCount(1);
  }
}
