package io.switchboard.message;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What one side said to another: a body and headers. Subclasses say in which role. */
public abstract class Message {
  private final Object body;
  private final Headers headers;

  protected Message(Object body, Headers headers) {
    this.body = body;
    this.headers = headers;
  }

  /** Buffer, byte[], String, JsonObject, JsonArray, a boxed primitive, or null. */
  public Object body() {
    return body;
  }

  /** The body as a JSON object. Throws BAD_REQUEST when it is something else. */
  public JsonObject json() {
    return as(JsonObject.class);
  }

  /** The body as a JSON array. Throws BAD_REQUEST when it is something else. */
  public JsonArray array() {
    return as(JsonArray.class);
  }

  /** The body as text. Throws BAD_REQUEST when it is something else. */
  public String text() {
    return as(String.class);
  }

  /** What stands beside the body; never null. */
  public Headers headers() {
    return headers;
  }

  private <T> T as(Class<T> type) {
    var value = body();
    if (type.isInstance(value)) {
      return type.cast(value);
    }
    throw new SwitchboardException(FailureCode.BAD_REQUEST, "the body is "
      + (value == null ? "null" : "a " + value.getClass().getSimpleName())
      + ", not a " + type.getSimpleName());
  }

  @Override
  public String toString() {
    return getClass().getSimpleName() + "[" + body + "]";
  }
}
