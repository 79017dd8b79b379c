package io.switchboard.console;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.By;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A headless Chromium with a profile of its own, and the waiting that a live page needs. */
final class Browser implements AutoCloseable {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Duration POLL = Duration.ofMillis(50);
  /** Held, so that its level stays: it warns of a protocol version that is not used here. */
  private static final Logger DEVTOOLS = Logger.getLogger("org.openqa.selenium.devtools");

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Skips the test where there is no Chromium, but never in CI, where it has to be there. */
  static void assumeInstalled() {
    assumeTrue(Files.isExecutable(CHROMIUM) || System.getenv("CI") != null,
        "The console is not tested: " + CHROMIUM
            + " is missing (apt-get install chromium chromium-driver)");
  }

  static Browser start() throws IOException {
    DEVTOOLS.setLevel(Level.SEVERE);
    var target = Files.createDirectories(Path.of("target"));
    var profile = Files.createTempDirectory(target, "chromium-");
    var logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    var options = new ChromeOptions();
    options.setBinary(CHROMIUM.toFile());
    options.setCapability("goog:loggingPrefs", logs);
    options.addArguments("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
        "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--window-size=1280,900",
        "--user-data-dir=" + profile.toAbsolutePath());
    var service = new ChromeDriverService.Builder()
        .usingDriverExecutable(DRIVER.toFile())
        .usingAnyFreePort()
        .build();
    return new Browser(new ChromeDriver(service, options));
  }

  /** Opens the page in a tab that knows nothing of the one before it, which goes away. */
  void open(String url) {
    var before = driver.getWindowHandle();
    driver.switchTo().newWindow(WindowType.TAB);
    var fresh = driver.getWindowHandle();
    driver.switchTo().window(before).close();
    driver.switchTo().window(fresh);
    errors();
    driver.get(url);
  }

  /** Gives the page the size of a phone's screen, whatever the least size of a window is. */
  void resize(int width, int height) {
    driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  WebElement find(String css) {
    return driver.findElement(By.cssSelector(css));
  }

  List<WebElement> all(String css) {
    return driver.findElements(By.cssSelector(css));
  }

  /** The text as the page holds it, hidden parts too. */
  String text(String css) {
    return find(css).getDomProperty("textContent");
  }

  long number(String script) {
    return ((Number) driver.executeScript("return " + script)).longValue();
  }

  /** Waits until the page fulfils the condition, and fails by naming it when it never does. */
  void await(String what, Duration limit, Predicate<Browser> condition) {
    new WebDriverWait(driver, limit, POLL)
        .ignoring(StaleElementReferenceException.class)
        .withMessage(what)
        .until(page -> condition.test(this));
  }

  /** What the browser's console holds at the level of an error, and forgets by being read. */
  List<String> errors() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  @Override
  public void close() {
    driver.quit();
  }
}
