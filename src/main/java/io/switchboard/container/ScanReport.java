package io.switchboard.container;

import io.switchboard.container.DirectoryScanner.Look;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what is odd about the directory, once for as long as it stays the same. */
final class ScanReport {
  private static final Logger LOG = LoggerFactory.getLogger(ScanReport.class);

  private final ContainerOptions options;
  private String lastTold;

  ScanReport(ContainerOptions options) {
    this.options = options;
  }

  /** @param failure why there was no look; null when there was one */
  void tell(Look look, Throwable failure) {
    var remark = failure == null ? remarkOn(look)
      : "the verticle directory cannot be read, what runs is left as it is: " + failure;
    if (!Objects.equals(remark, lastTold)) {
      lastTold = remark;
      if (remark != null) {
        LOG.warn(remark);
      }
    }
  }

  private String remarkOn(Look look) {
    if (!look.exists()) {
      return "the verticle directory " + options.directory() + " does not exist"
        + (options.watch() ? "; it is looked for again every "
          + TimeLimit.shown(options.scanInterval()) : "");
    }
    return look.leftOut() == 0 ? null
      : look.leftOut() + " files of " + options.directory() + " are not deployed: "
        + "verticles.maxFiles is " + options.maxFiles();
  }
}
