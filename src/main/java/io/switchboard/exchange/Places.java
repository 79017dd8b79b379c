package io.switchboard.exchange;

import io.switchboard.exchange.Attachment.End;
import io.switchboard.routing.Directory;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What this node has attached, so that it ends when its exchange is taken away. */
public final class Places {
  private final Directory directory;
  private final Map<String, Set<Place>> byExchange = new ConcurrentHashMap<>();

  Places(Directory directory) {
    this.directory = directory;
  }

  /** From now on it ends with its exchange; that may be gone already. Any thread. */
  public <P extends Place> P add(P place) {
    byExchange.computeIfAbsent(place.exchange(), absent -> ConcurrentHashMap.newKeySet())
      .add(place);
    if (place.hasEnded()) {
      remove(place);
    } else {
      look(place);
    }
    return place;
  }

  /** It has ended otherwise. Any thread. */
  public void remove(Place place) {
    byExchange.computeIfPresent(place.exchange(), (name, places) -> {
      places.remove(place);
      return places.isEmpty() ? null : places;
    });
  }

  /** The routes of these exchanges have changed. On the control lane. */
  void changed(Set<String> exchanges) {
    for (var exchange : exchanges) {
      var places = byExchange.get(exchange);
      if (places != null) {
        List.copyOf(places).forEach(this::look);
      }
    }
  }

  private void look(Place place) {
    var route = directory.routes().route(place.exchange());
    if (route == null) {
      place.end(End.DELETED);
    } else if (route.declaration().kind() != place.kind()) {
      place.end(End.CONFLICT);
    }
  }
}
