package io.switchboard.exchange;

import io.switchboard.message.FailureCode;
import io.switchboard.message.SwitchboardException;
import io.vertx.core.Future;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A request exchange whose bodies are Java values: a record or bean travels as JSON, what can
 * be a body is sent as it is. Each side reads with its own classes, so both may have their own
 * version of them; unknown fields are passed over. Make it once and keep it: making one costs
 * a Jackson mapper. Everything else is as {@link RequestExchange} says.
 *
 * @param <Q> what is asked
 * @param <A> what is answered
 */
public final class TypedRequestExchange<Q, A> {
  private final RequestExchange exchange;
  private final BodyType<Q> questions;
  private final BodyType<A> answers;

  /** Types over an exchange; nothing is declared by it. */
  public TypedRequestExchange(RequestExchange exchange, Class<Q> question, Class<A> answer) {
    this.exchange = exchange;
    this.questions = new BodyType<>(question);
    this.answers = new BodyType<>(answer);
  }

  /** The same exchange with bodies as they travel. */
  public RequestExchange untyped() {
    return exchange;
  }

  /** {@link #request(Object, CallOptions)} with the exchange's defaults. */
  public Future<A> request(Q question) {
    return request(question, CallOptions.DEFAULT);
  }

  /**
   * Asks one worker. Fails as well with BAD_REQUEST when the worker cannot read the question,
   * and with WORKER_FAILED when the answer is not of the type; both name the field.
   */
  public Future<A> request(Q question, CallOptions options) {
    return written(question, body -> exchange.request(body, options).map(this::answer));
  }

  /** {@link #send(Object, CallOptions)} with the exchange's defaults. */
  public Future<Void> send(Q message) {
    return send(message, CallOptions.DEFAULT);
  }

  /** Hands a one-way message over to one worker. */
  public Future<Void> send(Q message, CallOptions options) {
    return written(message, body -> exchange.send(body, options));
  }

  /** Asks all workers; {@link #answer} reads their replies. */
  public Future<Survey> survey(Q question, SurveyOptions options) {
    return written(question, body -> exchange.survey(body, options));
  }

  private <T> Future<T> written(Q value, Function<Object, Future<T>> operation) {
    Object body;
    try {
      body = questions.toBody(value);
    } catch (SwitchboardException unwritable) {
      return Future.failedFuture(unwritable);
    }
    return operation.apply(body);
  }

  /** What a reply says. Throws WORKER_FAILED when that is not of the type. */
  public A answer(Reply reply) {
    try {
      return answers.fromBody(reply.body());
    } catch (SwitchboardException misfit) {
      throw new SwitchboardException(
        FailureCode.WORKER_FAILED, "the answer: " + misfit.getMessage());
    }
  }

  /** Attaches a worker. What does not fit is refused with BAD_REQUEST before the handler. */
  public Future<Attachment> serve(Function<Q, Future<A>> handler) {
    return serve((question, request) -> handler.apply(question));
  }

  /** The same, for a handler that wants headers, key or deadline as well. */
  public Future<Attachment> serve(BiFunction<Q, Request, Future<A>> handler) {
    return exchange.serve(request -> {
      var answer = handler.apply(questions.fromBody(request.body()), request);
      return answer == null ? null : answer.map(this::body);
    });
  }

  private Object body(A answer) {
    try {
      return answers.toBody(answer);
    } catch (SwitchboardException unwritable) {
      throw new IllegalStateException("the answer: " + unwritable.getMessage(), unwritable);
    }
  }
}
