package io.switchboard.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.message.FailureCode;
import io.switchboard.message.SwitchboardException;
import io.switchboard.testing.Await;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyTypeTest {
  enum Side { BUY, SELL }

  record Place(String city, int zip) {
  }

  record Order(long id, Side side, double price, List<Place> places, Map<String, Integer> tags,
    Instant at, byte[] seal) {
  }

  /** As beans were written before there were records. */
  public static class Bean {
    private String name;

    public String getName() {
      return name;
    }

    public void setName(String name) {
      this.name = name;
    }
  }

  private static final Order ORDER = new Order(1L << 40, Side.SELL, 1.5,
    List.of(new Place("Ulm", 89073)), Map.of("a", 1), Instant.parse("2026-11-24T10:00:00.5Z"),
    new byte[] {-1, 2});

  private static void assertSame(Order read) {
    assertThat(read).usingRecursiveComparison().isEqualTo(ORDER);
  }

  @Test
  void aRecordIsAJsonObjectOnTheWay() {
    var type = new BodyType<>(Order.class);
    var body = (JsonObject) type.toBody(ORDER);
    assertThat(body.getJsonArray("places").getJsonObject(0).getString("city")).isEqualTo("Ulm");
    assertThat(body.getString("at")).isEqualTo("2026-11-24T10:00:00.500Z");
    assertSame(type.fromBody(body));
    assertSame(type.fromBody(body.copy()));
    assertSame(type.fromBody(new JsonObject(body.encode())));
  }

  @Test
  void beansArraysAndScalarsGoBothWays() {
    var bean = new Bean();
    bean.setName("Ann");
    var beans = new BodyType<>(Bean.class);
    assertThat(beans.fromBody(beans.toBody(bean)).getName()).isEqualTo("Ann");
    var places = new BodyType<>(Place[].class);
    var two = new Place[] {new Place("Ulm", 1), new Place("Bonn", 2)};
    assertThat(places.toBody(two)).isInstanceOf(JsonArray.class);
    assertThat(places.fromBody(places.toBody(two))).isEqualTo(two);
    assertThat(new BodyType<>(Side.class).fromBody("BUY")).isEqualTo(Side.BUY);
    assertThat(new BodyType<>(Long.class).fromBody(5)).isEqualTo(5L);
    assertThat(new BodyType<>(Order.class).fromBody(null)).isNull();
    assertThat(new BodyType<>(Order.class).toBody(null)).isNull();
  }

  @Test
  void whatCanTravelIsLeftAsItIs() {
    var buffer = Buffer.buffer("x");
    assertThat(new BodyType<>(Buffer.class).toBody(buffer)).isSameAs(buffer);
    assertThat(new BodyType<>(Buffer.class).fromBody(buffer)).isSameAs(buffer);
    assertThat(new BodyType<>(String.class).fromBody("text")).isEqualTo("text");
    assertThat(new BodyType<>(Object.class).fromBody(buffer)).isSameAs(buffer);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "{\"id\":\"seven\"}                                        | Order.id",
    "{\"id\":1.5}                                              | Order.id",
    "{\"id\":\"7\"}                                            | Order.id",
    "{\"id\":7,\"price\":1,\"side\":\"HOLD\"}                  | Order.side",
    "{\"id\":7,\"places\":[{\"city\":\"Ulm\",\"zip\":[]}]}     | Order.places[0].zip",
    "{\"id\":7,\"places\":[{\"city\":\"Ulm\"}]}                | Order.places[0]",
    "{\"side\":\"BUY\"}                                        | Order"})
  void aMisfitNamesTheField(String json, String where) {
    assertMisfit(Order.class, new JsonObject(json), where);
  }

  @Test
  void anotherKindOfBodyIsAMisfit() {
    assertMisfit(Order.class, Buffer.buffer("{}"), "not a Order");
    assertMisfit(Order.class, "text", "Order");
    assertMisfit(String.class, new JsonObject(), "not a String");
    assertMisfit(Integer.class, 1L << 40, "Integer");
    assertMisfit(JsonObject.class, "text", "not a JsonObject");
  }

  @Test
  void unknownFieldsArePassedOver() {
    assertThat(new BodyType<>(Place.class).fromBody(
      new JsonObject().put("city", "Ulm").put("zip", 1).put("new", true)))
      .isEqualTo(new Place("Ulm", 1));
  }

  private static void assertMisfit(Class<?> type, Object body, String message) {
    assertThatThrownBy(() -> new BodyType<>(type).fromBody(body))
      .isInstanceOfSatisfying(SwitchboardException.class,
        failure -> assertThat(failure.code()).isEqualTo(FailureCode.BAD_REQUEST))
      .hasMessageContaining(message);
  }

  /** Defines the classes of this test once more, as a verticle's loader would. */
  private static final class OwnLoader extends ClassLoader {
    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(BodyTypeTest.class.getName())) {
        return super.loadClass(name, resolve);
      }
      var known = findLoadedClass(name);
      if (known != null) {
        return known;
      }
      try (var in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
        var bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException unreadable) {
        throw new ClassNotFoundException(name, unreadable);
      }
    }
  }

  private static <T> void readAndWrite(Class<T> type) {
    var body = new JsonObject().put("city", "Ulm").put("zip", 1);
    var there = new BodyType<>(type);
    assertThat(there.toBody(there.fromBody(body))).isEqualTo(body);
  }

  @Test
  void nothingKeepsTheClassLoaderOfAType() throws ClassNotFoundException {
    var loader = new OwnLoader();
    var type = loader.loadClass(Place.class.getName());
    assertThat(type).isNotEqualTo(Place.class);
    readAndWrite(type);
    var kept = new WeakReference<>(loader);
    loader = null;
    type = null;
    Await.until("the loader is collected", () -> {
      System.gc();
      return kept.get() == null;
    });
  }
}
