package io.switchboard.message;

import io.vertx.core.buffer.Buffer;

/**
 * Reads the fields of one frame after another out of a received batch. Every read is held to
 * the frame's own bounds; what would reach beyond is a MalformedFrame. One reader serves one
 * thread and is used again for every batch.
 */
public final class FrameReader {
  private Buffer buffer;
  private int position;
  private int end;
  private int batchEnd;
  private boolean looked;
  private long nowNanos;

  /** Begins a batch whose first frame starts at the position. */
  public void reset(Buffer batch, int start) {
    buffer = batch;
    end = start;
    position = start;
    batchEnd = batch.length();
    looked = false;
  }

  /** When this batch was first asked for the time: one look at the clock for all its frames. */
  public long nowNanos() {
    if (!looked) {
      looked = true;
      nowNanos = System.nanoTime();
    }
    return nowNanos;
  }

  /** Begins with the first bytes of a frame whose rest is not here; returns its kind. */
  public byte resetToBeginning(Buffer bytes) {
    reset(bytes, 4);
    end = batchEnd;
    return readByte();
  }

  /** Begins with bytes that hold the fields of one frame only, without its length and kind. */
  public void resetToFields(Buffer fields) {
    buffer = fields;
    position = 0;
    end = fields.length();
    batchEnd = end;
    looked = false;
  }

  /** Moves to the next frame and returns its kind; 0 at the end of the batch. */
  public byte nextFrame() {
    position = end;
    if (position == batchEnd) {
      return 0;
    }
    if (batchEnd - position < 5) {
      throw new MalformedFrame("a frame header cut off after " + (batchEnd - position));
    }
    int length = buffer.getInt(position);
    if (length < 1 || length > batchEnd - position - 4) {
      throw new MalformedFrame("frame length " + length);
    }
    position += 4;
    end = position + length;
    byte kind = readByte();
    if (kind == 0) {
      throw new MalformedFrame("frame kind 0");
    }
    return kind;
  }

  /** How many bytes the present frame has left. */
  public int remaining() {
    return end - position;
  }

  public byte readByte() {
    return buffer.getByte(take(1));
  }

  public int readUnsignedByte() {
    return buffer.getUnsignedByte(take(1));
  }

  public int readInt() {
    return buffer.getInt(take(4));
  }

  public long readLong() {
    return buffer.getLong(take(8));
  }

  /** Text of up to 65,535 bytes with its length before it; it must be UTF-8. */
  public String readText() {
    int length = buffer.getUnsignedShort(take(2));
    int start = take(length);
    return Text.read(buffer, start, start + length);
  }

  public Headers readHeaders() {
    return Headers.readFrom(this);
  }

  /** The body: the rest of the frame. */
  public Object readBody() {
    int start = take(1);
    position = end;
    return Body.read(buffer, start, end);
  }

  /** The rest of the frame as it is. */
  public Buffer readRest() {
    int start = position;
    position = end;
    return buffer.getBuffer(start, end);
  }

  /** The rest of the frame, sharing the batch's memory. */
  public Buffer sliceRest() {
    int start = position;
    position = end;
    return buffer.slice(start, end);
  }

  /** The rest of the frame as bytes of its own. */
  public byte[] readRestBytes() {
    int start = position;
    position = end;
    return buffer.getBytes(start, end);
  }

  private int take(int bytes) {
    int at = position;
    if (bytes > end - at) {
      throw new MalformedFrame("a field reaches beyond its frame");
    }
    position = at + bytes;
    return at;
  }
}
