package io.switchboard.lane;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;

/** The lanes of one node: one for each event loop of its Vert.x instance. */
public final class Lanes {
  /** More event loops than this have no lane of their own; their callers hop to one. */
  public static final int MAX = 64;

  private final Vertx vertx;
  private final List<Lane> lanes = new ArrayList<>();
  private final List<String> deployments = new ArrayList<>();

  private Lanes(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Finds every event loop and makes its lane. */
  public static Future<Lanes> start(Vertx vertx) {
    var lanes = new Lanes(vertx);
    return lanes.addNext().map(lanes);
  }

  /** Vert.x hands out its event loops in turn: a thread seen before ends the round. */
  private Future<Void> addNext() {
    var home = new Home();
    return vertx.deployVerticle(home).compose(id -> {
      if (!home.isNew) {
        return vertx.undeploy(id);
      }
      deployments.add(id);
      return lanes.size() < MAX ? addNext() : Future.succeededFuture();
    });
  }

  /** A verticle whose context is a lane's. */
  private final class Home extends VerticleBase {
    private boolean isNew;

    @Override
    public Future<?> start() {
      if (Lane.current() == null) {
        isNew = true;
        var lane = new Lane(lanes.size(), Lanes.this, context);
        lanes.add(lane);
        lane.enter();
      }
      return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
      if (isNew) {
        Lane.current().leave();
      }
      return Future.succeededFuture();
    }
  }

  /** How many there are. */
  public int count() {
    return lanes.size();
  }

  /** All, in the order of their index. */
  public List<Lane> all() {
    return List.copyOf(lanes);
  }

  /** The lane of that index. */
  public Lane get(int index) {
    return lanes.get(index);
  }

  /** The lane that carries the node's control work. */
  public Lane control() {
    return lanes.get(0);
  }

  /** The calling thread's lane when it is one of these, else null. */
  public Lane currentOrNull() {
    var lane = Lane.current();
    return lane != null && lane.lanes() == this ? lane : null;
  }

  /**
   * The lane that serves a caller on this thread: its own, or, for a thread that is no event
   * loop, always the same one for the same context, so that order is kept.
   */
  public Lane forCaller(Context context) {
    var own = currentOrNull();
    if (own != null) {
      return own;
    }
    int hash = context == null
      ? Thread.currentThread().hashCode() : System.identityHashCode(context);
    return lanes.get(Math.floorMod(hash * 0x9E3779B9 >>> 16, lanes.size()));
  }

  /** Ends all lanes; their contexts and timers are closed. */
  public Future<Void> stop() {
    var undeployed = deployments.stream().map(vertx::undeploy).toList();
    Promise<Void> done = Promise.promise();
    Future.join(undeployed).onComplete(all -> done.complete());
    return done.future();
  }
}
