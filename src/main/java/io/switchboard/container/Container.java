package io.switchboard.container;

import io.switchboard.container.DirectoryScanner.Look;
import io.switchboard.container.VerticleStatus.State;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import javax.tools.ToolProvider;

/**
 * Runs the verticles of one directory. Each file is deployed in a class loader of its own,
 * replaced when it changes (the new version is up before the old one goes; a new version that
 * is broken leaves the old one running) and undeployed when it is removed. Files do not affect
 * each other.
 *
 * <p>All reading, compiling and loading happens on two worker threads of its own, never on an
 * event loop.
 */
public final class Container {
  /** Loading is short and processor-bound: more threads would only take turns. */
  private static final int LOADING_THREADS = 2;

  private final Vertx vertx;
  private final ContainerOptions options;
  private final Context context;
  private final WorkerExecutor blocking;
  private final DirectoryScanner scanner;
  private final ScanReport report;
  private final Deployer deployer;
  private final FileWatch watch = new FileWatch();
  private final RetiredLoaders retired = new RetiredLoaders();
  private final Map<String, VerticleSlot> slots = new ConcurrentSkipListMap<>();
  private final Promise<Void> stopped = Promise.promise();
  private boolean stopping;
  private long timer = -1;
  private final Consumer<Container> onChange;
  private volatile boolean started;

  private Container(Vertx vertx, ContainerOptions options, Consumer<Container> onChange) {
    this.onChange = onChange;
    this.vertx = vertx;
    this.options = options;
    this.context = vertx.getOrCreateContext();
    this.blocking = vertx.createSharedWorkerExecutor(
      "switchboard-container-" + System.identityHashCode(this), LOADING_THREADS);
    this.scanner = new DirectoryScanner(Path.of(options.directory()), options.maxFiles());
    this.report = new ScanReport(options);
    this.deployer = new Deployer(vertx, blocking, new ProgramLoader(
      SharedPackages.with(options.shared()), options.maxFileSize(),
      ToolProvider::getSystemJavaCompiler), options, retired);
  }

  /**
   * Starts on the calling context, or a new one when called from outside Vert.x. Completes when
   * everything found has been deployed or has failed; files that are still being written at
   * that time are waited for at most {@code deployLimit}. A broken file or a missing directory
   * does not fail it.
   *
   * @param onChange called whenever other versions are deployed than before, on the container's
   *                 own context
   */
  public static Future<Container> start(
    Vertx vertx, ContainerOptions options, Consumer<Container> onChange) {
    var container = new Container(vertx, options, onChange);
    Promise<Container> promise = Promise.promise();
    container.context.runOnContext(go -> container.firstScans()
      .onSuccess(done -> {
        container.started = true;
        container.scheduleScan();
      })
      .map(container)
      .onComplete(promise));
    return promise.future();
  }

  /** All files known now, by file name; any thread. */
  public List<VerticleStatus> verticles() {
    return slots.values().stream().map(VerticleSlot::status).toList();
  }

  /**
   * The class of that name that a deployed verticle file brings; null when none does. It belongs
   * to that version: whoever keeps it must let go of it at the next change. Any thread.
   */
  public Class<?> findClass(String name) {
    for (var slot : slots.values()) {
      var found = slot.findClass(name);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** False until the start is complete, and while a verticle of which no version runs starts. */
  public boolean isSettled() {
    return started && slots.values().stream()
      .noneMatch(slot -> slot.status().state() == State.DEPLOYING);
  }

  /**
   * Class loaders of undeployed versions that are still in memory, of files removed since too.
   * It sinks with the next garbage collections unless a verticle leaks; any thread.
   */
  public int uncollectedLoaders() {
    return retired.count();
  }

  /**
   * Undeploys everything: each verticle within {@code undeployLimit}, one that is just starting
   * after {@code deployLimit} at the latest. Idempotent, never fails; any thread.
   */
  public Future<Void> stop() {
    context.runOnContext(go -> {
      if (!stopping) {
        stopping = true;
        vertx.cancelTimer(timer);
        Future.join(slots.keySet().stream().map(this::remove).toList())
          .transform((done, failure) -> blocking.close())
          .onComplete(stopped);
      }
    });
    return stopped.future();
  }

  private Future<Void> firstScans() {
    var quietSince = Instant.now().minus(options.scanInterval());
    return firstScans(quietSince, Instant.now().plus(options.deployLimit()))
      .compose(found -> Future.join(slots.values().stream().map(VerticleSlot::idle).toList()))
      .mapEmpty();
  }

  private Future<Void> firstScans(Instant quietSince, Instant giveUp) {
    return scan(quietSince).compose(done -> {
      if (stopping || !watch.isUnsettled() || Instant.now().isAfter(giveUp)) {
        return Future.succeededFuture();
      }
      Promise<Void> later = Promise.promise();
      timer = vertx.setTimer(options.scanInterval().toMillis(),
        now -> firstScans(Instant.MIN, giveUp).onComplete(later));
      return later.future();
    });
  }

  private void scheduleScan() {
    if (options.watch() && !stopping) {
      timer = vertx.setTimer(options.scanInterval().toMillis(),
        now -> scan(Instant.MIN).onComplete(done -> scheduleScan()));
    }
  }

  /** Looks once and sets to work on what has changed; never fails. */
  private Future<Void> scan(Instant quietSince) {
    return blocking.executeBlocking(scanner::look, false).transform((look, failure) -> {
      if (!stopping) {
        report.tell(look, failure);
        if (failure == null) {
          apply(look, quietSince);
        }
      }
      return Future.succeededFuture();
    });
  }

  private void apply(Look look, Instant quietSince) {
    for (var change : watch.observe(look.files(), quietSince)) {
      switch (change.what()) {
        case REMOVED -> remove(change.file());
        case APPEARED_OR_CHANGED -> deploy(change.file());
      }
    }
  }

  private void deploy(String file) {
    var slot = slots.computeIfAbsent(file, absent -> new VerticleSlot(
      Path.of(options.directory(), file), deployer, retired, () -> onChange.accept(this)));
    var holder = holderOfSameName(file);
    if (holder == null) {
      slot.follow(FileChange.changed(file));
    } else {
      slot.refuse("the name '" + VerticleSlot.nameOf(file) + "' is taken by " + holder
        + "; rename one of the two");
    }
  }

  /** The other file that a verticle of this name comes from; null when there is none. */
  private String holderOfSameName(String file) {
    var name = VerticleSlot.nameOf(file);
    return slots.entrySet().stream()
      .filter(other -> !other.getKey().equals(file) && !other.getValue().isRefused())
      .map(Map.Entry::getKey)
      .filter(other -> VerticleSlot.nameOf(other).equals(name))
      .findFirst().orElse(null);
  }

  private Future<Void> remove(String file) {
    var slot = slots.get(file);
    if (slot == null) {
      return Future.succeededFuture();
    }
    return slot.follow(FileChange.removed(file)).onSuccess(idle -> {
      if (slot.isRemoved()) {
        slots.remove(file, slot);
        deployFormerlyRefused(VerticleSlot.nameOf(file));
      }
    });
  }

  private void deployFormerlyRefused(String name) {
    if (!stopping) {
      slots.entrySet().stream()
        .filter(other -> other.getValue().isRefused())
        .map(Map.Entry::getKey)
        .filter(other -> VerticleSlot.nameOf(other).equals(name))
        .findFirst().ifPresent(this::deploy);
    }
  }
}
