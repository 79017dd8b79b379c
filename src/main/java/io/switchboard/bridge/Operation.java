package io.switchboard.bridge;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;

/**
 * One method and path of the API. To add one: write the class, and name it in {@link Api}.
 * Each event loop has instances of its own.
 */
interface Operation {
  HttpMethod method();

  /** Below {@code /api/v1}, with {@code :name} for a word that varies. */
  String path();

  /**
   * Called on the connection's event loop once the whole body is here. What the future fails
   * with, and what this throws, becomes a {@link Problem}.
   */
  Future<? extends Answer> answer(Call call);

  /** Whether it has a body that must be read first. */
  default boolean takesBody() {
    return method() == HttpMethod.POST || method() == HttpMethod.PUT;
  }

  /** Whether HEAD asks for it too: true for what is read, and ends. */
  default boolean answersHead() {
    return method() == HttpMethod.GET;
  }
}
