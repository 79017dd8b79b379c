package io.switchboard.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is written is what is read, for every type of body, with and without key and headers. */
class FramesTest {
  private static final int TRIES = 300;

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void aCallIsReadAsItWasWritten(@ForAll boolean oneWay, @ForAll CallMode mode,
    @ForAll long worker, @ForAll long correlation, @ForAll int remaining,
    @ForAll("keys") String key, @ForAll("headers") Headers headers,
    @ForAll("bodies") Object body) {
    var prepared = Body.prepare(body);
    var batch = Buffer.buffer();
    Frames.appendCall(
      batch, oneWay, mode, worker, correlation, remaining, key, headers, prepared);
    assertThat(batch.length())
      .isLessThanOrEqualTo(Frames.sizeBound(null, key, headers, prepared));

    var reader = over(batch);
    assertThat(reader.nextFrame()).isEqualTo(Frames.CALL);
    int flags = reader.readUnsignedByte();
    assertThat((flags & Frames.ONE_WAY) != 0).isEqualTo(oneWay);
    assertThat(CallMode.ofFlags(flags)).isEqualTo(mode);
    assertThat(reader.readLong()).isEqualTo(worker);
    assertThat(reader.readLong()).isEqualTo(correlation);
    assertThat(reader.readInt()).isEqualTo(remaining);
    assertThat((flags & Frames.WITH_KEY) == 0 ? null : reader.readText()).isEqualTo(key);
    assertContent(reader, flags, headers, body);
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void aReplyIsReadAsItWasWritten(@ForAll long correlation,
    @ForAll("headers") Headers headers, @ForAll("bodies") Object body) {
    var batch = Buffer.buffer();
    Frames.appendReply(batch, correlation, headers, Body.prepare(body));
    assertThat(batch.length())
      .isLessThanOrEqualTo(Frames.sizeBound(null, null, headers, Body.prepare(body)));

    var reader = over(batch);
    assertThat(reader.nextFrame()).isEqualTo(Frames.REPLY);
    assertThat(reader.readLong()).isEqualTo(correlation);
    assertContent(reader, reader.readUnsignedByte(), headers, body);
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void anEventIsReadAsItWasWritten(@ForAll("names") String exchange,
    @ForAll("names") String key, @ForAll("headers") Headers headers,
    @ForAll("bodies") Object body) {
    var batch = Buffer.buffer();
    Frames.appendEvent(batch, exchange, key, headers, Body.prepare(body));
    assertThat(batch.length())
      .isLessThanOrEqualTo(Frames.sizeBound(exchange, key, headers, Body.prepare(body)));

    var reader = over(batch);
    assertThat(reader.nextFrame()).isEqualTo(Frames.EVENT);
    assertThat(reader.readText()).isEqualTo(exchange);
    assertThat(reader.readText()).isEqualTo(key);
    assertContent(reader, reader.readUnsignedByte(), headers, body);
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void aFailureIsReadAsItWasWritten(@ForAll long correlation, @ForAll FailureCode code,
    @ForAll("texts") String message) {
    var batch = Buffer.buffer();
    Frames.appendFailure(batch, correlation, code, message);

    var reader = over(batch);
    assertThat(reader.nextFrame()).isEqualTo(Frames.FAILURE);
    assertThat(reader.readLong()).isEqualTo(correlation);
    assertThat(FailureCode.of(reader.readUnsignedByte())).contains(code);
    assertThat(reader.readText()).isEqualTo(message);
    assertThat(reader.nextFrame()).isZero();
  }

  @Property(tries = 50, edgeCases = EdgeCasesMode.NONE)
  void theFramesOfABatchAreReadOneAfterAnother(
    @ForAll("batches") List<Object> bodies, @ForAll("offsets") int offset) {
    var batch = Buffer.buffer(new byte[offset]);
    for (int i = 0; i < bodies.size(); i++) {
      Frames.appendReply(batch, i, Headers.NONE, Body.prepare(bodies.get(i)));
    }
    var reader = new FrameReader();
    reader.reset(batch, offset);
    for (int i = 0; i < bodies.size(); i++) {
      assertThat(reader.nextFrame()).isEqualTo(Frames.REPLY);
      assertThat(reader.readLong()).isEqualTo(i);
      assertThat(reader.readByte()).isZero();
      assertThat(reader.readBody()).isEqualTo(bodies.get(i));
    }
    assertThat(reader.nextFrame()).isZero();
    assertThat(reader.nextFrame()).isZero();
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void aReceiverInTheSameProcessGetsAnEqualBodyOfItsOwn(@ForAll("bodies") Object body) {
    var copy = Body.copyForReceiver(body);
    assertThat(copy).isEqualTo(body);
    if (body instanceof Buffer || body instanceof byte[] || body instanceof JsonObject
      || body instanceof JsonArray) {
      assertThat(copy).isNotSameAs(body);
    }
  }

  @Example
  void theEdgesOfEveryTypeAreReadAsTheyWereWritten() {
    var edges = Arrays.<Object>asList(null, true, false, Byte.MIN_VALUE, Byte.MAX_VALUE,
      Short.MIN_VALUE, Short.MAX_VALUE, Integer.MIN_VALUE, Integer.MAX_VALUE, Long.MIN_VALUE,
      Long.MAX_VALUE, Float.MIN_VALUE, Float.NaN, -0f, Double.MAX_VALUE, Double.NaN, -0d,
      Double.NEGATIVE_INFINITY, '\0', '\uD800', '\uFFFF', "", "\uFFFD", "\0", new byte[0],
      Buffer.buffer(), Buffer.buffer(new byte[4_095]), Buffer.buffer(new byte[4_096]),
      new JsonObject(), new JsonArray());
    for (var edge : edges) {
      var batch = Buffer.buffer();
      Frames.appendReply(batch, 1, Headers.NONE, Body.prepare(edge));
      var reader = over(batch);
      assertThat(reader.nextFrame()).isEqualTo(Frames.REPLY);
      assertThat(reader.readLong()).isEqualTo(1);
      assertContent(reader, reader.readUnsignedByte(), Headers.NONE, edge);
    }
  }

  @Example
  void aLongFailureIsCutAtAWholeCharacter() {
    var batch = Buffer.buffer();
    Frames.appendFailure(batch, 1, FailureCode.WORKER_FAILED, "x" + "\uD83D\uDE00".repeat(5_000));

    var reader = over(batch);
    reader.nextFrame();
    reader.readLong();
    reader.readByte();
    assertThat(reader.readText()).hasSize(4_095).endsWith("\uD83D\uDE00");
  }

  @Example
  void theHighestHeadersStayUnderTheBound() {
    var most = new HashMap<String, String>();
    for (int i = 0; i < Headers.MAX_COUNT; i++) {
      most.put("%02d".formatted(i), "\uFFFF".repeat(Headers.MAX_CHARACTERS / 64 - 2));
    }
    var headers = Headers.of(most);
    var batch = Buffer.buffer();
    Frames.appendCall(batch, false, CallMode.PLAIN, 1, 2, 3, "\uFFFF".repeat(255), headers,
      Body.prepare(7L));
    assertThat(batch.length()).isLessThanOrEqualTo(
      Frames.sizeBound(null, "\uFFFF".repeat(255), headers, Body.prepare(7L)));
  }

  private static FrameReader over(Buffer batch) {
    var reader = new FrameReader();
    reader.reset(batch, 0);
    return reader;
  }

  private static void assertContent(
    FrameReader reader, int flags, Headers headers, Object body) {
    assertThat((flags & Frames.WITH_HEADERS) == 0 ? Headers.NONE : reader.readHeaders())
      .isEqualTo(headers);
    var read = reader.readBody();
    assertThat(read).isEqualTo(body);
    if (body != null) {
      assertThat(read).hasSameClassAs(body);
    }
    assertThat(reader.remaining()).isZero();
    assertThat(reader.nextFrame()).isZero();
  }

  @Provide
  Arbitrary<Object> bodies() {
    return Arbitraries.oneOf(List.of(
      texts().map(text -> text),
      bytes(), bytes().map(Buffer::buffer),
      objects(), objects().list().ofMaxSize(3).map(JsonArray::new),
      Arbitraries.integers(), Arbitraries.longs(), Arbitraries.shorts(), Arbitraries.bytes(),
      Arbitraries.doubles(), Arbitraries.floats(), Arbitraries.chars(),
      Arbitraries.of(true, false), Arbitraries.just(null)));
  }

  @Provide
  Arbitrary<List<Object>> batches() {
    return bodies().list().ofMaxSize(20);
  }

  @Provide
  Arbitrary<Integer> offsets() {
    return Arbitraries.integers().between(0, 16);
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(120);
  }

  @Provide
  Arbitrary<String> keys() {
    return texts().filter(text -> text.length() <= Names.MAX_KEY_LENGTH).injectNull(0.2);
  }

  @Provide
  Arbitrary<Headers> headers() {
    return Arbitraries.maps(texts(), texts()).ofMaxSize(5).map(Headers::of);
  }

  /** Of every plane of Unicode, the replacement character included. */
  @Provide
  Arbitrary<String> texts() {
    var points = Arbitraries.oneOf(
      Arbitraries.integers().between(0, 0x7F),
      Arbitraries.integers().between(0x80, 0xD7FF),
      Arbitraries.integers().between(0xE000, 0xFFFF),
      Arbitraries.integers().between(0x10000, 0x10FFFF),
      Arbitraries.just(0xFFFD));
    return points.list().ofMaxSize(60).map(list -> {
      var text = new StringBuilder();
      list.forEach(text::appendCodePoint);
      return text.toString();
    });
  }

  private static Arbitrary<byte[]> bytes() {
    return Arbitraries.bytes().array(byte[].class).ofMaxSize(10_000);
  }

  private Arbitrary<JsonObject> objects() {
    return Arbitraries.maps(texts(), Arbitraries.oneOf(
      texts().map(text -> text), Arbitraries.integers(), Arbitraries.of(true, false),
      Arbitraries.just(null), Arbitraries.just(new JsonArray().add(1).add("two")),
      Arbitraries.just(new JsonObject(Map.of("nested", new JsonObject().put("deep", 1))))))
      .ofMaxSize(4).map(JsonObject::new);
  }
}
