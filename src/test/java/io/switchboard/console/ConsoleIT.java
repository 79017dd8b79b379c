package io.switchboard.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.it.FatJarCluster;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.support.ui.Select;

/** The console in a real browser, on three real nodes with the sample verticles. */
class ConsoleIT {
  private static final Duration SOON = Duration.ofSeconds(10);
  /** A node that starts again has to bring up a JVM and join. */
  private static final Duration RESTART = Duration.ofSeconds(30);

  private static FatJarCluster cluster;
  private static Browser browser;

  @BeforeAll
  static void start() throws Exception {
    Browser.assumeInstalled();
    cluster = FatJarCluster.start(3);
    browser = Browser.start();
  }

  @AfterAll
  static void stop() throws Exception {
    if (browser != null) {
      browser.close();
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  @BeforeEach
  void openConsole() {
    browser.open(cluster.httpUrl(0));
    browser.await("three nodes are shown as ready", RESTART, page -> ready() == 3);
  }

  @Test
  void showsNodesExchangesAndVerticles() {
    for (var exchange : List.of("echo", "time", "prices")) {
      var verticle = exchange.substring(0, 1).toUpperCase(Locale.ROOT) + exchange.substring(1)
          + "Verticle";
      browser.await(exchange + " is listed", SOON,
          page -> page.all("#exchanges [data-exchange='" + exchange + "']").size() == 1);
      browser.await("the verticle " + exchange + " is deployed on three nodes", SOON,
          page -> page.all("#verticles [data-verticle='" + verticle + "'] [data-state='deployed']")
              .size() == 3);
    }
    assertThat(browser.all("#nodes .badge:not([hidden])")).hasSize(1);
    assertThat(browser.all("#map .map-node[data-state='ready']")).hasSize(3);
    browser.await("prices are seen to flow", SOON,
        page -> page.text("#exchanges [data-exchange='prices'] .rate").matches("[1-9].*/s"));
    assertThat(browser.errors()).isEmpty();
  }

  @Test
  void opensAnExchangeToItsWorkers() {
    browser.find("#exchanges [data-exchange='echo'] .name").click();
    browser.await("three workers of echo are listed", SOON,
        page -> page.all("#exchanges [data-exchange='echo'] .details tbody tr").size() == 3);
    assertThat(browser.errors()).isEmpty();
  }

  @Test
  void sendsARequestAndShowsTheReply() {
    choose("#request-exchange", "echo");
    browser.find("#request-body")
        .sendKeys("{\"hello\":\"console\"}", Keys.chord(Keys.CONTROL, Keys.ENTER));
    browser.await("the reply is shown", SOON, page -> page.all("#request-answer pre").size() == 1);
    assertThat(browser.text("#request-answer .code")).isEqualTo("200");
    assertThat(browser.text("#request-answer pre")).isEqualTo("{\n  \"hello\": \"console\"\n}");
    assertThat(browser.text("#request-answer .head")).containsPattern("\\d ms");
    assertThat(browser.errors()).isEmpty();
  }

  @Test
  void neverTakesDataForMarkup() {
    choose("#request-exchange", "echo");
    browser.find("#request-body").sendKeys("<b id=\"smuggled\">bold</b>");
    browser.find("#request-send").click();
    browser.await("the reply is shown", SOON, page -> page.all("#request-answer pre").size() == 1);
    assertThat(browser.text("#request-answer pre")).isEqualTo("<b id=\"smuggled\">bold</b>");
    assertThat(browser.all("#smuggled")).isEmpty();
    assertThat(browser.errors()).isEmpty();
  }

  @Test
  void showsATopicLive() {
    choose("#topic-exchange", "prices");
    browser.find("#topic-pattern").sendKeys(Keys.chord(Keys.CONTROL, "a"), "fx.*.usd");
    browser.find("#topic-watch").click();
    browser.await("four events arrive", SOON, page -> page.all("#topic-events .event").size() >= 4);
    assertThat(browser.all("#topic-events .key"))
        .allSatisfy(key -> assertThat(key.getText()).matches("fx\\.[a-z]+\\.usd"));

    browser.find("#topic-pause").click();
    var before = browser.all("#topic-events .event").size();
    browser.await("events wait while paused", SOON,
        page -> page.text("#topic-note").matches("paused, [1-9].*new"));
    assertThat(browser.all("#topic-events .event")).hasSize(before);
    browser.find("#topic-pause").click();
    browser.await("they are shown afterwards", SOON,
        page -> page.all("#topic-events .event").size() > before);
    assertThat(browser.errors()).isEmpty();
  }

  @Test
  void showsANodeDieAndComeBack() throws Exception {
    var name = browser.find("#nodes .node:has(a[href^='" + cluster.httpUrl(1) + "'])")
        .getDomAttribute("data-node");
    cluster.kill(1);
    browser.await(name + " is shown as gone", SOON, page -> "gone".equals(stateOf(name)));
    browser.await("the feed tells of it", SOON,
        page -> page.text("#activity").contains(name + " is gone"));
    assertThat(browser.text("#tile-nodes")).isEqualTo("2");

    cluster.restart(1);
    browser.await(name + " is back", RESTART, page -> "ready".equals(stateOf(name)));
    browser.await("the feed tells of it", SOON,
        page -> page.text("#activity").contains(name + " is back"));
    assertThat(browser.errors()).isEmpty();
  }

  @Test
  void survivesTheRestartOfItsOwnNodeAndKeepsWhatWasTyped() throws Exception {
    choose("#topic-exchange", "prices");
    browser.find("#topic-watch").click();
    browser.await("the topic is watched", SOON, page -> topicLive());
    choose("#request-exchange", "time");
    browser.find("#request-body").sendKeys("half a thou");
    cluster.kill(0);
    browser.await("the banner says so", SOON, page -> page.find("#banner").isDisplayed());
    browser.find("#request-body").sendKeys("ght");
    cluster.restart(0);
    browser.await("the banner goes", RESTART, page -> !page.find("#banner").isDisplayed());
    browser.await("three nodes are ready again", RESTART, page -> ready() == 3);
    browser.find("#topic-clear").click();
    browser.await("the topic is watched again", RESTART,
        page -> topicLive() && !page.all("#topic-events .event").isEmpty());
    assertThat(browser.find("#request-body").getDomProperty("value")).isEqualTo("half a thought");
    assertThat(browser.find("#request-exchange").getDomProperty("value")).isEqualTo("time");
    // The browser itself notes every look that found nobody; that is all it may note.
    assertThat(browser.errors()).allMatch(error -> error.contains("net::ERR_"));
  }

  @Test
  void fitsAPhone() {
    browser.resize(360, 740);
    browser.find("#exchanges [data-exchange='echo'] .name").click();
    browser.await("the workers of echo are listed", SOON,
        page -> page.all("#exchanges [data-exchange='echo'] .details tbody tr").size() == 3);
    assertThat(browser.number("innerWidth")).isEqualTo(360);
    assertThat(browser.number("document.documentElement.scrollWidth")).isLessThanOrEqualTo(360);
    assertThat(browser.errors()).isEmpty();
  }

  private int ready() {
    return browser.all("#nodes .node[data-state='ready']").size();
  }

  private boolean topicLive() {
    return browser.text("#topic-note").matches("live: [1-9].*");
  }

  private String stateOf(String node) {
    return browser.find("#nodes .node[data-node='" + node + "']").getDomAttribute("data-state");
  }

  private void choose(String select, String exchange) {
    browser.await(exchange + " can be chosen", SOON,
        page -> !page.all(select + " option[value='" + exchange + "']").isEmpty());
    new Select(browser.find(select)).selectByValue(exchange);
  }
}
