package io.switchboard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The client commands against the answers that the HTTP API gives. */
class ClientCommandsTest {
  private static final String JSON = "application/json";
  private static final String PROBLEM = "application/problem+json";
  private static final String REQUEST = "POST /api/v1/exchanges/x/request";

  private HttpStage node;
  private Console console = Console.interactive();

  @BeforeEach
  void startServer() throws Exception {
    node = new HttpStage();
  }

  @AfterEach
  void stopServer() throws Exception {
    node.close();
  }

  @Test
  void listsNodes() {
    var answer = """
      [{"name":"alpha","state":"ready","address":"127.0.0.1:5701","http":"http://127.0.0.1:8080",
        "version":"1","uptimeMs":61000,"self":true},{"name":"beta","state":"gone"}]""";
    node.on("GET /api/v1/nodes?all=true", 200, JSON, answer);
    assertThat(run("nodes", "--all")).isZero();
    assertThat(console.out().lines()).containsExactly(
      "NAME     STATE  ADDRESS         HTTP                   VERSION  UPTIME",
      "alpha *  ready  127.0.0.1:5701  http://127.0.0.1:8080  1        1m 1s",
      "beta     gone   -               -                      -        -");
    assertThat(run("nodes", "--all", "--json")).isZero();
    assertThat(console.out()).isEqualTo(answer + System.lineSeparator());
  }

  @Test
  void listsDeadLettersAndOfVeryLargeOnesTheSize() {
    node.on("GET /api/v1/exchanges/q/dead", 200, JSON, """
      [{"id":"a-1","attempts":5,"body":{"n":1},"bytes":12,"leftOut":false,"reasons":["x","y"]},
       {"id":"a-2","attempts":1,"body":null,"bytes":41000000,"leftOut":true,"reasons":[]}]""");
    assertThat(run("tasks", "q", "--dead")).isZero();
    assertThat(console.out().lines()).containsExactly(
      "TASK  ATTEMPTS  BODY                LAST REASON",
      "a-1          5  {\"n\":1}             y",
      "a-2          1  (41,000,000 bytes)");
  }

  @Test
  void forgetsALostNode() {
    node.on("POST /api/v1/nodes/lost/forget", 204, JSON, "");
    assertThat(run("forget", "lost")).isZero();
    assertThat(console.out()).isEqualToIgnoringNewLines("forgotten");
    node.on("POST /api/v1/nodes/here/forget", 409, "application/problem+json",
      "{\"code\":\"CONFLICT\",\"detail\":\"node 'here' is in reach\"}");
    assertThat(run("forget", "here")).isEqualTo(1);
    assertThat(console.err()).contains("CONFLICT", "in reach");
  }

  @Test
  void listsAndShowsExchanges() {
    var one = """
      {"name":"x","kind":"request","options":{"prefetch":16},
        "workers":[{"node":"alpha","worker":1,"inFlight":2,"mailbox":0,"handled":9000,"failed":1}],
        "subscribers":[{"node":"beta","patterns":["a.#","b"],"count":3}],
        "figures":{"requests":9001,"sends":0,"published":0,"failures":1,"overloaded":0}}""";
    node.on("GET /api/v1/exchanges", 200, JSON, "[" + one + "]");
    node.on("GET /api/v1/exchanges/x", 200, JSON, one);
    assertThat(run("exchanges")).isZero();
    assertThat(console.out()).contains("NAME  KIND     WORKERS  SUBSCRIBERS  NODES  REQUESTS")
      .containsPattern("x +request +1 +3 +2 +9,001 +0 +0 +1 +0");
    assertThat(run("exchanges", "x")).isZero();
    assertThat(console.out()).startsWith("x (request)").contains("prefetch  16")
      .containsPattern("1 +alpha +2 +0 +9,000 +1").containsPattern("3 +beta +a\\.# b");
  }

  @Test
  void surveysEverybody() {
    var answer = """
      {"replies":[{"node":"alpha","worker":1,"body":{"n":1}},
                  {"node":"beta","worker":7,"body":"yes"}],
       "missing":[{"node":"gamma","worker":2,"code":"DEADLINE","message":"too late"}]}""";
    node.on("POST /api/v1/exchanges/x/survey?enough=3", 200, JSON, answer);
    assertThat(run("survey", "x", "--enough", "3")).isZero();
    assertThat(console.out().lines()).containsExactly(
      "NODE   WORKER  ANSWER",
      "alpha  1       {\"n\":1}",
      "beta   7       yes",
      "gamma  2       DEADLINE: too late");
    assertThat(run("survey", "x", "--enough", "0")).isEqualTo(2);
  }

  @Test
  void saysHowToBeginWhenThereIsNothing() {
    node.on("GET /api/v1/exchanges", 200, JSON, "[]");
    node.on("GET /api/v1/verticles", 200, JSON, "[]");
    assertThat(run("exchanges")).isZero();
    assertThat(console.out()).contains("declare EXCHANGE KIND");
    assertThat(run("verticles")).isZero();
    assertThat(console.out()).contains("verticles directory");
  }

  @Test
  void listsVerticlesWithTheirErrors() {
    node.on("GET /api/v1/verticles", 200, JSON, """
      [{"name":"Echo","node":"alpha","file":"Echo.java","state":"deployed","instances":2,
        "threading":"event-loop","deployedAt":"2020-01-01T00:00:00Z"},
       {"name":"Bad","node":"alpha","file":"Bad.java","state":"failed","error":"line 3\\nbroken"}]
      """);
    assertThat(run("verticles")).isZero();
    assertThat(console.out()).containsPattern("Echo +alpha +deployed +2 +event-loop +\\d+d.* ago")
      .contains("Bad on alpha: line 3 broken");
  }

  @Test
  void declares() throws Exception {
    node.on("PUT /api/v1/exchanges/x", 201, JSON, "{\"name\":\"x\"}");
    assertThat(run("declare", "x", "request", "--option", "prefetch=16", "--option",
      "balancer=random")).isZero();
    assertThat(console.out().strip()).isEqualTo("declared x (request)");
    assertThat(new JsonObject(node.asked().body())).isEqualTo(new JsonObject()
      .put("prefetch", 16).put("balancer", "random").put("kind", "request"));
    node.on("PUT /api/v1/exchanges/x", 200, JSON, "{\"name\":\"x\"}");
    assertThat(run("declare", "x", "request")).isZero();
    assertThat(console.out().strip()).isEqualTo("x (request) was declared already");
  }

  @Test
  void sendsWhatTravelsBesideTheBody() throws Exception {
    node.on(REQUEST, 204, JSON, "");
    assertThat(run("request", "x", "{\"a\":1}", "--deadline", "2s", "--key", "k", "--header",
      "trace=7", "--token", "secret")).isZero();
    var asked = node.asked();
    assertThat(asked.body()).isEqualTo("{\"a\":1}");
    assertThat(asked.headers()).containsAllEntriesOf(Map.of("Switchboard-Deadline-Ms", "2000",
      "Switchboard-Key", "k", "Switchboard-Header-trace", "7", "Content-Type", JSON,
      "Authorization", "Bearer secret"));
  }

  @Test
  void takesTheTokenFromTheEnvironment() throws Exception {
    node.on("GET /api/v1/nodes", 200, JSON, "[]");
    var fromEnvironment = Console.withEnvironment(Map.of("SWITCHBOARD_HTTP_TOKEN", "secret"));
    assertThat(fromEnvironment.run("nodes", "--url", node.url())).isZero();
    assertThat(node.asked().headers()).containsEntry("Authorization", "Bearer secret");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
    "200 | application/json | {\"a\":1} | {\"a\":1} | {\"a\":1}",
    "200 | application/json | null | null | null",
    "200 | text/plain; charset=utf-8 | hello | hello | \"hello\"",
    "204 | application/json | `` | `` | null"})
  void printsReplies(int status, String type, String body, String people, String programs) {
    node.on(REQUEST, status, type, body);
    assertThat(run("request", "x", "5")).isZero();
    assertThat(console.out().strip()).isEqualTo(people);
    assertThat(run("request", "x", "5", "--json")).isZero();
    assertThat(console.out().strip()).isEqualTo(programs);
  }

  @Test
  void bytesStayBytes() {
    var bytes = new byte[] {0, (byte) 0xff, '\n', 27};
    node.on(REQUEST, (request, body) -> request.response()
      .putHeader("Content-Type", "application/octet-stream").end(Buffer.buffer(bytes)));
    assertThat(run("request", "x", "5")).isZero();
    assertThat(console.outBytes()).isEqualTo(bytes);
    assertThat(run("request", "x", "5", "--json")).isZero();
    assertThat(console.out().strip()).isEqualTo("{\"bytes\":\"AP8KGw==\"}");
  }

  @ParameterizedTest
  @CsvSource({"'publish,x,fx.eur,5'", "'publish,x,--key,fx.eur,5'"})
  void publishesWithAKey(String arguments) throws Exception {
    node.on("POST /api/v1/exchanges/x/publish", 202, JSON, "");
    assertThat(run(arguments.split(","))).isZero();
    var asked = node.asked();
    assertThat(asked.headers()).containsEntry("Switchboard-Key", "fx.eur");
    assertThat(asked.body()).isEqualTo("5");
  }

  @Test
  void followsATopicUntilTheCount() throws Exception {
    node.on("GET /api/v1/exchanges/x/subscribe?key=fx.%23", (request, body) ->
      request.response().putHeader("Content-Type", "text/event-stream").setChunked(true)
        .write(": hello\n\nevent: message\nid: 1\ndata: {\"key\":\"fx.a\",\"body\":{\"p\":1}}\n\n"
          + "event: gap\ndata: {\"lost\":7}\n\ndata: {\"key\":\"fx.b\",\"body\":\"text\"}\n\n"));
    assertThat(run("subscribe", "x", "fx.#", "--count", "2")).isZero();
    assertThat(console.out().lines().map(line -> line.substring("00:00:00".length())))
      .containsExactly("  fx.a  {\"p\":1}", "  fx.b  text");
    assertThat(console.err()).contains("gap: 7 events were lost");
    assertThat(run("subscribe", "x", "fx.#", "--count", "2", "--json")).isZero();
    assertThat(console.out().lines()).containsExactly("{\"key\":\"fx.a\",\"body\":{\"p\":1}}",
      "{\"gap\":7}", "{\"key\":\"fx.b\",\"body\":\"text\"}");
  }

  @Test
  void monitorsAnExchange() {
    node.on("GET /api/v1/exchanges/x/monitor", (request, body) ->
      request.response().putHeader("Content-Type", "text/event-stream").setChunked(true)
        .write("event: down\nid: 1\ndata: {\"reason\":\"NODE_DOWN\",\"detail\":\"beta\"}\n\n"
          + "event: up\nid: 2\ndata: {\"reason\":\"BACK\",\"detail\":\"here\"}\n\n"));
    assertThat(run("monitor", "x", "--count", "2")).isZero();
    assertThat(console.out().lines().map(line -> line.substring("00:00:00".length())))
      .containsExactly("  down  NODE_DOWN: beta", "  up    here");
    assertThat(run("monitor", "x", "--count", "1", "--json")).isZero();
    assertThat(console.out().strip())
      .isEqualTo("{\"change\":\"down\",\"reason\":\"NODE_DOWN\",\"detail\":\"beta\"}");
    assertThat(run("monitor", "x", "--count", "0")).isEqualTo(2);
  }

  @Test
  void theEndOfAStreamIsAFailure() {
    node.on("GET /api/v1/exchanges/x/subscribe?key=%23", (request, body) -> request.response()
      .putHeader("Content-Type", "text/event-stream").end(": bye\n\n"));
    assertThat(run("subscribe", "x")).isEqualTo(1);
    assertThat(console.err()).contains("NODE_DOWN: the node ended the stream");
    node.on("GET /api/v1/exchanges/x/subscribe?key=%23", (request, body) -> request.response()
      .putHeader("Content-Type", "text/event-stream").setChunked(true).write(": hello\n\n")
      .onSuccess(written -> request.connection().close()));
    assertThat(run("subscribe", "x")).isEqualTo(1);
    assertThat(console.err().lines()).singleElement().asString().contains("broke");
  }

  @Test
  void tellsHealthByItsExitCode() {
    var report = """
      {"status":"%s","checks":[{"id":"cluster","status":"UP"},
        {"id":"peers","status":"%s","checks":[{"id":"beta","status":"%s"}]}]}""";
    node.on("GET /health/ready", 200, JSON, report.formatted("UP", "UP", "UP"));
    assertThat(run("health")).isZero();
    assertThat(console.out()).startsWith("ready").containsPattern("peers\\.beta +UP");
    node.on("GET /health/ready", 503, JSON, report.formatted("DOWN", "DOWN", "DOWN"));
    assertThat(run("health")).isEqualTo(1);
    assertThat(console.out()).startsWith("not ready").containsPattern("peers\\.beta +DOWN");
    assertThat(console.err().lines()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "NO_EXCHANGE | no exchange 'x' is declared | exchanges' lists what is declared",
    "DENIED | no token | give the node's http.token with --token",
    "DEADLINE | after 10 s | a longer one is given with --deadline",
    "OVERLOADED | all are busy | try again later",
    "WORKER_FAILED | it broke | it broke"})
  void aProblemIsOneLineWithItsCode(String code, String detail, String mend) {
    node.on(REQUEST, 500, PROBLEM, new JsonObject().put("status", 500).put("code", code)
      .put("detail", detail).put("retryable", false).encode());
    assertThat(run("request", "x", "5")).isEqualTo(1);
    assertThat(console.out()).isEmpty();
    assertThat(console.err().lines()).singleElement().asString()
      .startsWith("switchboard: " + code + ": " + detail).endsWith(mend);
  }

  @ParameterizedTest
  @CsvSource({"nodes", "exchanges", "verticles", "health", "subscribe x"})
  void saysWhenItIsNoNodeThatAnswers(String line) {
    assertThat(run(line.split(" "))).isEqualTo(1);
    assertThat(console.err().lines()).singleElement().asString()
      .contains(node.url(), "is not a Switchboard node");
  }

  @Test
  void saysWhenNobodyAnswers() throws Exception {
    var url = node.url();
    node.close();
    assertThat(console.run("nodes", "--url", url)).isEqualTo(1);
    assertThat(console.err().lines()).singleElement().asString()
      .contains("no node answers at " + url, "run'");
    node = new HttpStage();
  }

  @Test
  void givesUpOnANodeThatNeverAnswers() {
    node.on(REQUEST, (request, body) -> request.connection().closeHandler(closed -> { }));
    var began = System.nanoTime();
    assertThat(run("request", "x", "5", "--deadline", "1ms")).isEqualTo(1);
    assertThat(System.nanoTime() - began).isLessThan(10_000_000_000L);
    assertThat(console.err()).contains("DEADLINE: the node at " + node.url());
  }

  private int run(String... arguments) {
    console = Console.interactive();
    var all = new ArrayList<>(Arrays.asList(arguments));
    all.addAll(List.of("--url", node.url()));
    return console.run(all.toArray(String[]::new));
  }
}
