package io.switchboard.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/**
 * Calls the HTTP API of one node; every call blocks. What goes wrong is a CommandFailure that
 * names the address. Answers of more than 64 MiB are refused.
 */
final class ApiClient {
  /** How long a call without a deadline of its own may take. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final int MAX_ANSWER = 64 << 20;

  private final HttpClient http = HttpClient.newBuilder()
    .version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT_TIMEOUT).build();
  private final URI node;
  private final String token;

  /**
   * @param url   host:port or a whole address
   * @param token null for none
   */
  ApiClient(String url, String token) {
    this.node = address(url);
    this.token = token;
  }

  /** One segment of a path or one value of a query, escaped. */
  static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** An answer with a status of 200 to 299; everything else fails the command. */
  Answer get(String path) {
    return accepted(getAnyStatus(path));
  }

  /** The answer, whatever its status. */
  Answer getAnyStatus(String path) {
    return read(exchange(request(path).timeout(PATIENCE).GET()));
  }

  /** An answer with a status of 200 to 299; everything else fails the command. */
  Answer send(String method, String path, Payload payload, Map<String, String> headers,
    Duration patience) {
    return accepted(read(exchange(request(method, path, payload, headers, patience))));
  }

  private HttpRequest.Builder request(String method, String path, Payload payload,
    Map<String, String> headers, Duration patience) {
    var request = request(path).timeout(patience);
    if (payload.isPresent()) {
      request.header("Content-Type", payload.contentType())
        .method(method, BodyPublishers.ofByteArray(payload.bytes()));
    } else {
      request.method(method, BodyPublishers.noBody());
    }
    try {
      headers.forEach(request::header);
    } catch (IllegalArgumentException invalid) {
      throw CommandFailure.wrongUsage("not fit for a header: " + invalid.getMessage());
    }
    return request;
  }

  /** An open stream of server-sent events; the caller closes it. */
  InputStream open(String path) {
    return events(request(path).GET());
  }

  /** An open stream of server-sent events that answers a message; the caller closes it. */
  InputStream open(String method, String path, Payload payload, Map<String, String> headers,
    Duration patience) {
    return events(request(method, path, payload, headers, patience));
  }

  private InputStream events(HttpRequest.Builder request) {
    var response = exchange(request.header("Accept", "text/event-stream"));
    if (response.statusCode() != 200) {
      throw Refusal.of(read(response));
    }
    var type = response.headers().firstValue("Content-Type").orElse("");
    if (!type.startsWith("text/event-stream")) {
      throw new Answer(node.toString(), response.statusCode(), type, new byte[0]).stranger();
    }
    return response.body();
  }

  /** The failure of a command to which something else than a node answered. */
  CommandFailure stranger() {
    return new Answer(node.toString(), 200, "text/event-stream", new byte[0]).stranger();
  }

  /** The failure of a command whose connection broke. */
  CommandFailure broken(IOException reason) {
    return CommandFailure.failed("the connection to " + node + " broke: "
      + (reason.getMessage() == null ? "closed by the node" : reason.getMessage()));
  }

  private HttpRequest.Builder request(String path) {
    var request = HttpRequest.newBuilder(node.resolve(path));
    if (token != null && !token.isEmpty()) {
      try {
        request.header("Authorization", "Bearer " + token);
      } catch (IllegalArgumentException invalid) {
        throw CommandFailure.wrongUsage("--token: has characters that no token has");
      }
    }
    return request;
  }

  private HttpResponse<InputStream> exchange(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofInputStream());
    } catch (HttpConnectTimeoutException | ConnectException refused) {
      throw isUnknownHost(refused) ? unknownHost() : absent();
    } catch (HttpTimeoutException late) {
      throw CommandFailure.failed("DEADLINE: the node at " + node + " did not answer in time");
    } catch (IOException broken) {
      throw broken(broken);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw CommandFailure.failed("CANCELLED: interrupted");
    }
  }

  private Answer read(HttpResponse<InputStream> response) {
    var type = response.headers().firstValue("Content-Type").orElse("");
    try (var body = response.body()) {
      var bytes = body.readNBytes(MAX_ANSWER + 1);
      if (bytes.length > MAX_ANSWER) {
        throw CommandFailure.failed("TOO_LARGE: the answer has more than 64 MiB");
      }
      return new Answer(node.toString(), response.statusCode(), type, bytes);
    } catch (IOException broken) {
      throw broken(broken);
    }
  }

  private static Answer accepted(Answer answer) {
    if (answer.status() < 200 || answer.status() > 299) {
      throw Refusal.of(answer);
    }
    return answer;
  }

  private CommandFailure absent() {
    return CommandFailure.failed("no node answers at " + node + "; start one with '"
      + Home.command() + " run', or name another with --url");
  }

  private static boolean isUnknownHost(Throwable failure) {
    return failure instanceof UnresolvedAddressException
      || failure != null && isUnknownHost(failure.getCause());
  }

  private CommandFailure unknownHost() {
    return CommandFailure.failed("there is no host '" + node.getHost() + "'; see --url");
  }

  private static URI address(String url) {
    try {
      var uri = URI.create(url.contains("://") ? url : "http://" + url);
      if (uri.getHost() != null && uri.getScheme().matches("https?")) {
        return uri.resolve("/");
      }
    } catch (IllegalArgumentException malformed) {
      // Told below, in words that show what is expected.
    }
    throw CommandFailure.wrongUsage(
      "--url: '" + url + "' is no address such as http://127.0.0.1:8080");
  }
}
