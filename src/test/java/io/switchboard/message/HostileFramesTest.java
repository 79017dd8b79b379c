package io.switchboard.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.management.ThreadMXBean;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever another node sends is either read or a MalformedFrame, at no more than its size. */
class HostileFramesTest {
  @Property(tries = 3_000)
  void randomBytesAreReadOrRefused(@ForAll("bytes") byte[] bytes) {
    framesUntilRefused(Buffer.buffer(bytes));
  }

  @Property(tries = 3_000)
  void randomBytesInAFrameOfAnyKindAreReadOrRefused(
    @ForAll("kinds") byte kind, @ForAll("bytes") byte[] bytes) {
    framesUntilRefused(frame(kind, bytes));
  }

  @Property(tries = 3_000)
  void aFrameWithSomeBytesChangedIsReadOrRefused(@ForAll("seeds") int which,
    @ForAll("places") List<Integer> places, @ForAll byte value) {
    var batch = sample(which);
    for (int place : places) {
      batch.setByte(place % batch.length(), value);
    }
    framesUntilRefused(batch);
  }

  @Property(tries = 20)
  void aBatchCutAnywhereInAFrameIsRefused(@ForAll("seeds") int which) {
    var batch = sample(which);
    for (int length = 1; length < batch.length(); length++) {
      var cut = batch.getBuffer(0, length);
      assertThatExceptionOfType(MalformedFrame.class).as("cut after %d", length)
        .isThrownBy(() -> walk(cut));
    }
  }

  @Property(tries = 20)
  void aFieldCutAnywhereInAFrameNeverTakesFromTheNextFrame(@ForAll("seeds") int which) {
    var whole = sample(which);
    for (int length = 5; length < whole.length(); length++) {
      var batch = whole.getBuffer(0, length).setInt(0, length - 4);
      Frames.appendReply(batch, 1, Headers.NONE, "the next");
      assertThat(framesUntilRefused(batch)).as("cut after %d", length).isZero();
    }
  }

  @Example
  void aLengthThatCannotBeIsRefused() {
    for (int length : new int[] {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE,
      Integer.MAX_VALUE - 4, 12}) {
      var batch = Buffer.buffer().appendInt(length).appendByte(Frames.REPLY).appendLong(1);
      assertRefused(batch);
    }
    assertRefused(Buffer.buffer(new byte[4]));
    assertRefused(Buffer.buffer().appendInt(1).appendByte((byte) 0).appendInt(99));
  }

  @Example
  void aClaimedLengthIsNeverAllocated() {
    var batch = Buffer.buffer().appendInt(Integer.MAX_VALUE).appendByte(Frames.REPLY);
    var text = frame(Frames.EVENT, Buffer.buffer().appendUnsignedShort(0xFFFF).getBytes());
    assertRefused(batch);
    assertRefused(text);

    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 1_000; i++) {
      framesUntilRefused(batch);
      framesUntilRefused(text);
    }
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(4 << 20);
  }

  @Example
  void aBodyThatIsNotWhatItsTagSaysIsRefused() {
    assertBodyRefused("no tag");
    assertBodyRefused("an unknown tag", 14);
    assertBodyRefused("a negative tag", -1);
    assertBodyRefused("null with a value", 0, 1);
    assertBodyRefused("text that is not UTF-8", 3, 'a', 0xC3);
    assertBodyRefused("half of a surrogate pair", 3, 0xED, 0xA0, 0x80);
    assertBodyRefused("an object without text", 4);
    assertBodyRefused("an object cut off", 4, '{', '"');
    assertBodyRefused("an array as object", 4, '[', ']');
    assertBodyRefused("the literal null as object", 4, 'n', 'u', 'l', 'l');
    assertBodyRefused("two objects", 4, '{', '}', '{', '}');
    assertBodyRefused("an object as array", 5, '{', '}');
    assertBodyRefused("the literal null as array", 5, 'n', 'u', 'l', 'l');
    assertBodyRefused("a boolean without value", 6);
    assertBodyRefused("a short integer", 7, 1, 2, 3);
    assertBodyRefused("a long integer", 7, 1, 2, 3, 4, 5);
    assertBodyRefused("a short long", 8, 1, 2, 3, 4, 5, 6, 7);
    assertBodyRefused("a short double", 9, 1);
    assertBodyRefused("a short float", 10, 1);
    assertBodyRefused("a short short", 11, 1);
    assertBodyRefused("a byte without value", 12);
    assertBodyRefused("a short character", 13, 1);
  }

  @Example
  void jsonThatNestsWithoutEndIsRefused() {
    var deep = Buffer.buffer().appendByte((byte) 5).appendString("[".repeat(100_000));
    var reader = replyReader(deep.getBytes());
    assertThatExceptionOfType(MalformedFrame.class).isThrownBy(reader::readBody);
  }

  @Example
  void headersOutsideTheirBoundsAreRefused() {
    assertHeadersRefused("none", Buffer.buffer().appendByte((byte) 0));
    assertHeadersRefused("fewer than claimed", Buffer.buffer().appendByte((byte) 64));
    var tooMany = Buffer.buffer().appendByte((byte) 65);
    for (int i = 0; i < 65; i++) {
      Text.appendShort(tooMany, "name" + i);
      Text.appendShort(tooMany, "value");
    }
    assertHeadersRefused("too many", tooMany);
    var twice = Buffer.buffer().appendByte((byte) 2);
    for (int i = 0; i < 2; i++) {
      Text.appendShort(twice, "name");
      Text.appendShort(twice, "value");
    }
    assertHeadersRefused("one twice", twice);
    var tooLong = Buffer.buffer().appendByte((byte) 1);
    Text.appendShort(tooLong, "name");
    Text.appendShort(tooLong, "v".repeat(Headers.MAX_CHARACTERS));
    assertHeadersRefused("too long", tooLong);
  }

  private static void assertBodyRefused(String what, int... bytes) {
    var body = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      body[i] = (byte) bytes[i];
    }
    var reader = replyReader(body);
    assertThatExceptionOfType(MalformedFrame.class).as(what).isThrownBy(reader::readBody);
  }

  private static void assertHeadersRefused(String what, Buffer headers) {
    var reader = replyReader(headers.getBytes());
    assertThatExceptionOfType(MalformedFrame.class).as(what).isThrownBy(reader::readHeaders);
  }

  /** At the place after the kind byte; another frame follows. */
  private static FrameReader replyReader(byte[] content) {
    var batch = frame(Frames.REPLY, content);
    Frames.appendReply(batch, 1, Headers.NONE, 0L);
    var reader = new FrameReader();
    reader.reset(batch, 0);
    reader.nextFrame();
    return reader;
  }

  private static void assertRefused(Buffer batch) {
    assertThatExceptionOfType(MalformedFrame.class).isThrownBy(() -> walk(batch));
  }

  /** How many frames were read; 0 when one of them is malformed. Nothing else may be thrown. */
  private static int framesUntilRefused(Buffer batch) {
    try {
      return walk(batch);
    } catch (MalformedFrame refused) {
      return 0;
    }
  }

  private static int walk(Buffer batch) {
    var reader = new FrameReader();
    reader.reset(batch, 0);
    int frames = 0;
    for (byte kind = reader.nextFrame(); kind != 0; kind = reader.nextFrame()) {
      walkFrame(reader, kind);
      frames++;
    }
    return frames;
  }

  private static void walkFrame(FrameReader reader, byte kind) {
    int flags = 0;
    switch (kind) {
      case Frames.CALL -> {
        flags = reader.readUnsignedByte();
        reader.readLong();
        reader.readLong();
        reader.readInt();
        if ((flags & Frames.WITH_KEY) != 0) {
          reader.readText();
        }
      }
      case Frames.REPLY -> {
        reader.readLong();
        flags = reader.readUnsignedByte();
      }
      case Frames.FAILURE -> {
        reader.readLong();
        reader.readUnsignedByte();
        reader.readText();
        return;
      }
      case Frames.EVENT -> {
        reader.readText();
        reader.readText();
        flags = reader.readUnsignedByte();
      }
      default -> {
        reader.readRest();
        return;
      }
    }
    if ((flags & Frames.WITH_HEADERS) != 0) {
      reader.readHeaders();
    }
    reader.readBody();
  }

  private static Buffer frame(byte kind, byte[] content) {
    return Buffer.buffer().appendInt(content.length + 1).appendByte(kind).appendBytes(content);
  }

  private static Buffer sample(int which) {
    var headers = Headers.of(Map.of("a", "b", "über", "größe"));
    var batch = Buffer.buffer();
    switch (which) {
      case 0 -> Frames.appendCall(batch, false, CallMode.PLAIN, 1, 2, 3, "key", headers,
        Body.prepare(new JsonObject().put("a", new JsonArray().add(1))));
      case 1 -> Frames.appendCall(batch, true, CallMode.PLAIN, 1, 2, 3, null, Headers.NONE, 12);
      case 2 -> Frames.appendReply(batch, 1, headers, 4L);
      case 3 -> Frames.appendReply(batch, 1, Headers.NONE,
        Body.prepare(new JsonArray().add("x")));
      case 4 -> Frames.appendFailure(batch, 1, FailureCode.DEADLINE, "zu spät");
      default -> Frames.appendEvent(batch, "prices", "fx.eur", headers, 'c');
    }
    return batch;
  }

  @Provide
  Arbitrary<byte[]> bytes() {
    return Arbitraries.oneOf(
      Arbitraries.bytes().array(byte[].class).ofMaxSize(200),
      Arbitraries.bytes().between((byte) 0, (byte) 14).array(byte[].class).ofMaxSize(60));
  }

  @Provide
  Arbitrary<Byte> kinds() {
    return Arbitraries.of(Frames.CALL, Frames.REPLY, Frames.FAILURE, Frames.EVENT);
  }

  @Provide
  Arbitrary<Integer> seeds() {
    return Arbitraries.integers().between(0, 5);
  }

  @Provide
  Arbitrary<List<Integer>> places() {
    return Arbitraries.integers().between(0, 200).list().ofMinSize(1).ofMaxSize(3);
  }
}
