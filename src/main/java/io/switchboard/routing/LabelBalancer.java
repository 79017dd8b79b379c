package io.switchboard.routing;

import java.util.Map;

/**
 * One of those whose labels agree best with the wanted ones, the least loaded of them: all
 * wanted labels before some, some before none, so that the others are the fallback. Equals take
 * turns by chance.
 */
final class LabelBalancer implements Balancer {
  private final String[] names;
  private final String[] values;

  LabelBalancer(Map<String, String> wanted) {
    names = wanted.keySet().toArray(String[]::new);
    values = wanted.values().toArray(String[]::new);
  }

  @Override
  public int choose(Candidates candidates, String key) {
    int size = candidates.size();
    int start = candidates.random(size);
    int best = NOBODY;
    int bestAgreement = -1;
    int bestLoad = 0;
    for (int i = 0; i < size; i++) {
      int index = start + i < size ? start + i : start + i - size;
      if (!candidates.hasRoom(index)) {
        continue;
      }
      int agreement = agreement(candidates, index);
      int load = candidates.load(index);
      if (agreement > bestAgreement || agreement == bestAgreement && load < bestLoad) {
        best = index;
        bestAgreement = agreement;
        bestLoad = load;
      }
    }
    return best;
  }

  private int agreement(Candidates candidates, int index) {
    int agreement = 0;
    for (int i = 0; i < names.length; i++) {
      agreement += values[i].equals(candidates.label(index, names[i])) ? 1 : 0;
    }
    return agreement;
  }
}
