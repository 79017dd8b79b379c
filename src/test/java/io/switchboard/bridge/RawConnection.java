package io.switchboard.bridge;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** One HTTP/1.1 connection whose every byte the test decides. */
final class RawConnection implements Closeable {
  private static final int TIMEOUT_MILLIS = 10_000;

  /** @param headers names without regard to case; of several the last */
  record Response(int status, Map<String, String> headers, String body) {
  }

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  RawConnection(int port) throws IOException {
    this(port, 0);
  }

  /** @param receiveBuffer how much the system takes in before it is read; 0 for its default */
  RawConnection(int port, int receiveBuffer) throws IOException {
    socket = new Socket();
    if (receiveBuffer > 0) {
      socket.setReceiveBufferSize(receiveBuffer);
    }
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.setSoTimeout(TIMEOUT_MILLIS);
    in = new BufferedInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  /** Lines are joined by CRLF; two more end the head. */
  RawConnection head(String... lines) throws IOException {
    return text(String.join("\r\n", lines) + "\r\n\r\n");
  }

  RawConnection text(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
    return this;
  }

  void bytes(int... bytes) throws IOException {
    for (int each : bytes) {
      out.write(each);
    }
    out.flush();
  }

  int read() throws IOException {
    return in.read();
  }

  Response response() throws IOException {
    var response = headOfResponse();
    var length = response.headers().get("Content-Length");
    if ("chunked".equals(response.headers().get("Transfer-Encoding"))) {
      return new Response(response.status(), response.headers(), chunks());
    }
    int size = length == null ? 0 : Integer.parseInt(length);
    return new Response(response.status(), response.headers(),
      new String(in.readNBytes(size), StandardCharsets.UTF_8));
  }

  Response headOfResponse() throws IOException {
    var status = Integer.parseInt(line().split(" ")[1]);
    var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    for (var line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(line.substring(0, colon), line.substring(colon + 1).trim());
    }
    return new Response(status, headers, "");
  }

  /** One chunk of a chunked body; empty for the last. */
  String chunk() throws IOException {
    int size = Integer.parseInt(line(), 16);
    var chunk = new String(in.readNBytes(size), StandardCharsets.UTF_8);
    line();
    return chunk;
  }

  /** True when the server has closed the connection, or does so in time. */
  boolean isClosedByServer() throws IOException {
    return in.read() < 0;
  }

  private String chunks() throws IOException {
    var body = new StringBuilder();
    for (var chunk = chunk(); !chunk.isEmpty(); chunk = chunk()) {
      body.append(chunk);
    }
    return body.toString();
  }

  private String line() throws IOException {
    var line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the server closed the connection after: " + line);
      }
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
