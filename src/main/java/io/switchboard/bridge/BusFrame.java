package io.switchboard.bridge;

import io.switchboard.exchange.CallOptions;
import io.switchboard.message.Headers;
import io.switchboard.message.SwitchboardException;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.util.LinkedHashMap;

/** What a client of the Vert.x event bus bridge protocol says. */
sealed interface BusFrame {
  /** The client lives. */
  record Ping() implements BusFrame {
  }

  /** @param replyAddress null when no answer is wanted */
  record Send(String address, Object body, Headers headers, String replyAddress)
    implements BusFrame {
    CallOptions options() {
      return CallOptions.DEFAULT.headers(headers);
    }
  }

  record Publish(String address, Object body, Headers headers) implements BusFrame {
    CallOptions options() {
      return CallOptions.DEFAULT.headers(headers);
    }
  }

  record Register(String address) implements BusFrame {
  }

  record Unregister(String address) implements BusFrame {
  }

  /** Words of Vert.x's own bridge, so that clients that look at them know them. */
  record Invalid(String failureType, String message) implements BusFrame {
  }

  /** Clients make their reply addresses as UUIDs. */
  int MAX_REPLY_ADDRESS = 36;

  /** An exchange's name, a slash, and a pattern. */
  int MAX_ADDRESS = 400;

  /** Never throws: what cannot be used is Invalid. */
  static BusFrame parse(String text) {
    try {
      return parse(new JsonObject(text));
    } catch (DecodeException malformed) {
      return new Invalid("INVALID_JSON", "Malformed JSON");
    } catch (SwitchboardException tooManyHeaders) {
      return new Invalid("HEADERS_MAX_LIMIT", tooManyHeaders.getMessage());
    } catch (ClassCastException wrongType) {
      return new Invalid("INVALID_JSON", "A member of the message has the wrong type");
    }
  }

  private static BusFrame parse(JsonObject json) {
    var type = json.getString("type");
    if (type == null) {
      return new Invalid("MISSING_TYPE", "Message type is missing");
    }
    if (type.equals("ping")) {
      return new Ping();
    }
    var address = json.getString("address");
    if (address == null) {
      return new Invalid("MISSING_ADDRESS", "Message address is missing");
    }
    if (address.length() > MAX_ADDRESS) {
      return new Invalid("ADDRESS_MAX_LENGTH", "Address exceeds maximum length");
    }
    return switch (type) {
      case "send" -> send(address, json);
      case "publish" -> new Publish(address, body(json), headers(json));
      case "register" -> new Register(address);
      case "unregister" -> new Unregister(address);
      default -> new Invalid("INVALID_TYPE", "Invalid message type");
    };
  }

  private static BusFrame send(String address, JsonObject json) {
    var replyAddress = json.getString("replyAddress");
    if (replyAddress != null && replyAddress.length() > MAX_REPLY_ADDRESS) {
      return new Invalid("INVALID_REPLY_ADDRESS", "Reply address is invalid");
    }
    return new Send(address, body(json), headers(json), replyAddress);
  }

  private static Object body(JsonObject json) {
    var body = json.getValue("body");
    if (body instanceof BigInteger) {
      throw new DecodeException("a whole number beyond 64 bits");
    }
    return body;
  }

  private static Headers headers(JsonObject json) {
    var values = new LinkedHashMap<String, String>();
    for (var header : json.getJsonObject("headers", new JsonObject())) {
      if (header.getValue() != null) {
        values.put(header.getKey(), header.getValue().toString());
      }
    }
    return Headers.of(values);
  }
}
