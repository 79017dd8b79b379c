package io.switchboard.exchange;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.util.LRUMap;
import com.fasterxml.jackson.databind.util.LookupCache;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.switchboard.message.FailureCode;
import io.switchboard.message.SwitchboardException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.jackson.VertxModule;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Goes between a Java type and the bodies that travel: a record or bean is a JSON value. The
 * mapper is its own, caches included, and dies with it: one that others share would keep the
 * class loaders of all verticles that were ever deployed. Safe from any thread.
 */
public final class BodyType<T> {
  /** What travels as it is. */
  private static final Set<Class<?>> PLAIN = Set.of(Object.class, Buffer.class, byte[].class,
    String.class, JsonObject.class, JsonArray.class, Boolean.class, Integer.class, Long.class,
    Double.class, Float.class, Short.class, Byte.class, Character.class, Void.class);

  private final Class<T> type;
  private final ObjectMapper mapper;

  /** Costs a mapper: make it once and keep it. */
  public BodyType(Class<T> type) {
    this.type = type;
    this.mapper = mapper(type.getClassLoader());
  }

  /** Unknown fields are passed over, so that versions may differ; nothing else is guessed. */
  private static ObjectMapper mapper(ClassLoader loader) {
    LookupCache<Object, JavaType> ownCache = new LRUMap<>(16, 200);
    var types = TypeFactory.defaultInstance().withCache(ownCache);
    return JsonMapper.builder()
      .typeFactory(loader == null ? types : types.withClassLoader(loader))
      .addModules(new JavaTimeModule(), new VertxModule())
      .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
        DeserializationFeature.ACCEPT_FLOAT_AS_INT)
      .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
      .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
      .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS,
        SerializationFeature.WRITE_DATES_AS_TIMESTAMPS,
        SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
      .build();
  }

  /** Throws BAD_REQUEST for a value that Jackson cannot write. */
  public Object toBody(T value) {
    if (value == null || PLAIN.contains(value.getClass()) || value instanceof Buffer) {
      return value;
    }
    try {
      var body = mapper.convertValue(value, Object.class);
      if (body instanceof Map<?, ?> map) {
        @SuppressWarnings("unchecked")
        var fields = (Map<String, Object>) map;
        return new JsonObject(fields);
      }
      return body instanceof List<?> list ? new JsonArray(list) : body;
    } catch (IllegalArgumentException unwritable) {
      throw mismatch("cannot be written as JSON", unwritable);
    }
  }

  /** Null for null. Throws BAD_REQUEST with the path of the field that does not fit. */
  public T fromBody(Object body) {
    if (body == null || type.isInstance(body)) {
      return type.cast(body);
    }
    boolean isJson = body instanceof JsonObject || body instanceof JsonArray;
    if (PLAIN.contains(type) && !(body instanceof Number) || body instanceof Buffer
      || body instanceof byte[]) {
      throw new SwitchboardException(FailureCode.BAD_REQUEST, "the body is a "
        + body.getClass().getSimpleName() + ", not a " + type.getSimpleName());
    }
    try {
      return mapper.convertValue(body, type);
    } catch (IllegalArgumentException misfit) {
      throw mismatch(isJson ? "does not fit" : "is not what the body is", misfit);
    }
  }

  private SwitchboardException mismatch(String what, IllegalArgumentException failure) {
    var where = new StringBuilder(type.getSimpleName());
    var why = failure.getMessage();
    if (failure.getCause() instanceof JsonMappingException located) {
      for (var step : located.getPath()) {
        where.append(step.getFieldName() != null ? "." + step.getFieldName()
          : "[" + step.getIndex() + "]");
      }
    }
    if (failure.getCause() instanceof JacksonException known) {
      why = known.getOriginalMessage();
    }
    return new SwitchboardException(FailureCode.BAD_REQUEST, where + " " + what + ": " + why);
  }
}
