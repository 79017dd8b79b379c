package io.switchboard.routing;

/** Any that has room, each as likely as the others. */
final class RandomBalancer implements Balancer {
  @Override
  public int choose(Candidates candidates, String key) {
    int size = candidates.size();
    int first = candidates.random(size);
    if (candidates.hasRoom(first)) {
      return first;
    }
    int withRoom = 0;
    for (int i = 0; i < size; i++) {
      withRoom += candidates.hasRoom(i) ? 1 : 0;
    }
    if (withRoom == 0) {
      return NOBODY;
    }
    int skip = candidates.random(withRoom);
    for (int i = 0; i < size; i++) {
      if (candidates.hasRoom(i) && skip-- == 0) {
        return i;
      }
    }
    return NOBODY;
  }
}
