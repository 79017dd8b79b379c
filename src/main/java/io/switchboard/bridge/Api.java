package io.switchboard.bridge;

import io.switchboard.message.FailureCode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeSet;

/** All operations of {@code /api/v1}. */
final class Api {
  private final Vertx vertx;
  private final HttpOptions options;
  private final List<Operation> operations;

  Api(Vertx vertx, HttpOptions options, Backend backend, OpenStreams streams) {
    this.vertx = vertx;
    this.options = options;
    var exchanges = backend.exchanges();
    var administration = backend.administration();
    this.operations = List.of(
      new NodesOperation(administration), new ForgetOperation(administration),
      new ExchangesOperation(administration),
      new ExchangeOperation(administration),
      new VerticlesOperation(administration),
      new DeclareOperation(exchanges),
      new DeleteOperation(exchanges),
      new RequestOperation(backend),
      new StreamOperation(backend),
      new ConverseOperation(backend),
      new AnswerOperation(backend),
      new EndDialogueOperation(backend),
      new SendOperation(backend),
      new SurveyOperation(backend),
      new SubmitOperation(backend),
      new TaskCountsOperation(backend),
      new LeaseOperation(backend),
      new TaskStateOperation(backend),
      new VerdictOperation(backend, VerdictOperation.ACK),
      new VerdictOperation(backend, VerdictOperation.NACK),
      new VerdictOperation(backend, VerdictOperation.EXTEND),
      new DeadLettersOperation(backend),
      new DeadLetterOperation(backend, HttpMethod.POST),
      new DeadLetterOperation(backend, HttpMethod.DELETE),
      new PublishOperation(backend),
      new EmitOperation(backend),
      new SubscribeOperation(vertx, backend, options, streams),
      new MonitorOperation(vertx, backend, options, streams));
  }

  Router router() {
    var router = Router.router(vertx);
    var methods = new LinkedHashMap<String, TreeSet<String>>();
    for (var operation : operations) {
      var route = router.route(operation.path()).method(operation.method());
      var allowed = methods.computeIfAbsent(operation.path(), path -> new TreeSet<>());
      allowed.add(operation.method().name());
      if (operation.answersHead()) {
        route.method(HttpMethod.HEAD);
        allowed.add(HttpMethod.HEAD.name());
      }
      route.handler(context -> answer(operation, context));
    }
    methods.forEach((path, allowed) -> router.route(path)
      .handler(context -> refuseMethod(context, String.join(", ", allowed))));
    return router;
  }

  /** What a path's operations together leave open. */
  static void refuseMethod(RoutingContext context, String allowed) {
    context.response().putHeader(HttpHeaders.ALLOW, allowed);
    Problem.of(405, FailureCode.BAD_REQUEST, context.request().method().name()
      + " is not for this path; allowed: " + allowed).writeTo(context.response());
  }

  private void answer(Operation operation, RoutingContext context) {
    var response = context.response();
    Future<Buffer> body = operation.takesBody()
      ? BodyReader.read(context.request(), options.bodyLimit())
      : Future.succeededFuture(Buffer.buffer());
    body.compose(bytes -> operation.answer(new Call(context, bytes)))
      .map(answer -> {
        answer.writeTo(response);
        return answer;
      })
      .onFailure(failure -> Problem.of(failure).writeTo(response));
  }
}
