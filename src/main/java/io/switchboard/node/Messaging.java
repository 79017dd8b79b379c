package io.switchboard.node;

import io.switchboard.cluster.ClusterDirectory;
import io.switchboard.cluster.Design;
import io.switchboard.cluster.Inquiries;
import io.switchboard.collect.Collects;
import io.switchboard.exchange.Exchanges;
import io.switchboard.lane.Lanes;
import io.switchboard.options.InvalidOption;
import io.switchboard.task.Store;
import io.switchboard.task.Tasks;
import io.switchboard.topic.Topics;
import io.switchboard.trunk.TrunkListener;
import io.switchboard.trunk.Trunks;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The messaging half of a node: lanes, trunks, directory and exchanges, started in order. */
final class Messaging {
  private static final Logger LOG = LoggerFactory.getLogger(Messaging.class);
  private static final long COMPLETE_LIMIT_MILLIS = 3_000;
  private static final long LOOK_AGAIN_MILLIS = 5;

  private final Vertx vertx;
  private final Lanes lanes;
  private final Trunks trunks;
  private final ClusterDirectory directory;
  private final Inquiries inquiries;
  private final Exchanges exchanges;
  private final Topics topics;
  private final Collects collects;
  private final Design design;
  private final Tasks tasks;
  private final Drain drain;
  private volatile boolean nameTaken;

  private Messaging(
    Vertx vertx, Lanes lanes, String name, JsonObject attributes, NodeOptions options,
    Function<Design, Store> store) {
    this.vertx = vertx;
    this.lanes = lanes;
    trunks = new Trunks(vertx, lanes, name, options.host(),
      options.advertise() == null ? options.host() : options.advertise(), attributes,
      options.trunk());
    directory = new ClusterDirectory(lanes.control(), trunks);
    inquiries = new Inquiries(lanes.control(), trunks);
    // In this order: routes change before callers are told that a node went away.
    trunks.addListener(directory);
    trunks.addListener(inquiries);
    // Before the exchanges: a node that comes knows the design before it gets a vote.
    design = new Design(trunks);
    exchanges = new Exchanges(vertx, lanes, trunks, directory, options.labels());
    topics = new Topics(vertx, lanes, trunks, directory, exchanges);
    collects = new Collects(vertx, lanes, trunks, directory, exchanges, design::quorum);
    tasks = new Tasks(vertx, lanes, trunks, directory, exchanges, store.apply(design));
    drain = new Drain(vertx, trunks, exchanges, collects);
    trunks.addListener(new TrunkListener() {
      @Override
      public void onNameTaken() {
        LOG.error("Another node of this cluster is named {}", trunks.self().name());
        nameTaken = true;
      }
    });
  }

  static Future<Messaging> create(
    Vertx vertx, String name, JsonObject attributes, NodeOptions options,
    Function<Design, Store> store) {
    return Lanes.start(vertx)
      .map(lanes -> new Messaging(vertx, lanes, name, attributes, options, store));
  }

  /** Completes when the route table is complete: all expected peers have told what they have. */
  Future<Void> start(IntSupplier expectedPeers) {
    var dispatch = new Dispatch(exchanges.receiver(), topics, collects, tasks);
    return trunks.start(dispatch).compose(started -> {
      tasks.start();
      Promise<Void> complete = Promise.promise();
      long end = System.nanoTime() + Duration.ofMillis(COMPLETE_LIMIT_MILLIS).toNanos();
      lanes.control().execute(() -> awaitComplete(expectedPeers, end, complete));
      return complete.future();
    });
  }

  private void awaitComplete(IntSupplier expectedPeers, long end, Promise<Void> complete) {
    int expected = expectedPeers.getAsInt();
    if (nameTaken) {
      complete.fail(new InvalidOption("name: another node of this cluster is named '"
        + trunks.self().name() + "'; choose another with --name"));
    } else if (trunks.open().size() >= expected && directory.isComplete()) {
      complete.complete();
    } else if (System.nanoTime() - end >= 0) {
      LOG.warn("Only {} of {} other nodes have answered so far; going on without the rest",
        trunks.open().size(), expected);
      complete.complete();
    } else {
      vertx.setTimer(LOOK_AGAIN_MILLIS, id -> awaitComplete(expectedPeers, end, complete));
    }
  }

  Lanes lanes() {
    return lanes;
  }

  Trunks trunks() {
    return trunks;
  }

  ClusterDirectory directory() {
    return directory;
  }

  Inquiries inquiries() {
    return inquiries;
  }

  Exchanges exchanges() {
    return exchanges;
  }

  Topics topics() {
    return topics;
  }

  Collects collects() {
    return collects;
  }

  Tasks tasks() {
    return tasks;
  }

  Design design() {
    return design;
  }

  /** The running totals of this node, for each exchange that was used here. */
  Map<String, JsonObject> figures() {
    var figures = exchanges.figures();
    figures.putAll(topics.figures());
    figures.putAll(collects.figures());
    return figures;
  }

  /** Calls without an answer, deliveries and entries in hand, entries that nobody has taken. */
  int unfinished() {
    return drain.unfinished();
  }

  /** Takes nothing new and finishes what is in hand, within the limit. */
  Future<Void> drain(Duration limit) {
    return Future.join(drain.within(limit), tasks.drain(limit)).mapEmpty();
  }

  /** Says GOODBYE and ends the lanes. What is in hand must have been drained before. */
  Future<Void> stop() {
    return tasks.stop().eventually(trunks::stop).eventually(lanes::stop);
  }
}
