import io.switchboard.Switchboard;
import io.switchboard.exchange.CallOptions;
import io.switchboard.exchange.Request;
import io.switchboard.routing.Kind;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A dialogue: asks its caller for a product until the answer is right, then answers with how
 * often it had to ask. Each question has a minute, within the deadline of the whole.
 */
public class QuizVerticle extends VerticleBase {
  private static final CallOptions A_MINUTE = CallOptions.within(Duration.ofMinutes(1));

  @Override
  public Future<?> start() {
    Switchboard board = Switchboard.of(vertx);
    // People think longer than programs: the whole may take five minutes.
    return board.declare("quiz", Kind.REQUEST, new JsonObject().put("deadline", "5m"))
      .compose(declared -> board.requests("quiz").serve(QuizVerticle::quiz));
  }

  private static Future<String> quiz(Request request) {
    int a = ThreadLocalRandom.current().nextInt(2, 13);
    int b = ThreadLocalRandom.current().nextInt(2, 13);
    return ask(request, "How much is " + a + " times " + b + "?", a * b, 1);
  }

  private static Future<String> ask(Request request, String question, int right, int attempt) {
    return request.ask(question, A_MINUTE).compose(answer ->
      String.valueOf(answer.body()).strip().equals(String.valueOf(right))
        ? Future.succeededFuture("Right, after " + attempt + (attempt == 1 ? " try" : " tries"))
        : ask(request, "No. " + question.replaceFirst("^No\\. ", ""), right, attempt + 1));
  }
}
