package io.switchboard.node;

/** The version of this program. */
public final class Version {
  private Version() {
  }

  /** From the jar's manifest; {@code development} when it does not run from the jar. */
  public static String text() {
    var version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
