package io.switchboard.task;

import java.util.ArrayList;
import java.util.List;

/**
 * Values by numbers that count upwards, as correlations and tokens do: a hash table with linear
 * probing that neither boxes nor allocates for an entry. Not thread-safe.
 */
final class ByNumber<V> {
  private static final int SMALLEST = 64;
  private static final long SCATTER = 0x9E3779B97F4A7C15L;

  private long[] numbers = new long[SMALLEST];
  private Object[] values = new Object[SMALLEST];
  private int size;

  int size() {
    return size;
  }

  private int home(long number) {
    // Numbers that follow one another must stand apart: a long run makes removal slow.
    return (int) (number * SCATTER >>> 32) & numbers.length - 1;
  }

  private int find(long number) {
    int place = home(number);
    while (values[place] != null && numbers[place] != number) {
      place = place + 1 & numbers.length - 1;
    }
    return place;
  }

  /** Null when nothing is kept under the number. */
  @SuppressWarnings("unchecked")
  V get(long number) {
    return (V) values[find(number)];
  }

  void put(long number, V value) {
    int place = find(number);
    if (values[place] == null && ++size > numbers.length / 2) {
      grow();
      place = find(number);
    }
    numbers[place] = number;
    values[place] = value;
  }

  private void grow() {
    var formerNumbers = numbers;
    var formerValues = values;
    numbers = new long[2 * formerNumbers.length];
    values = new Object[numbers.length];
    for (int i = 0; i < formerValues.length; i++) {
      if (formerValues[i] != null) {
        int place = find(formerNumbers[i]);
        numbers[place] = formerNumbers[i];
        values[place] = formerValues[i];
      }
    }
  }

  /** Returns what was kept under the number; null for nothing. */
  @SuppressWarnings("unchecked")
  V remove(long number) {
    int hole = find(number);
    var removed = (V) values[hole];
    if (removed == null) {
      return null;
    }
    size--;
    int mask = numbers.length - 1;
    // What was displaced by it moves up, so that no search ends at the hole.
    for (int next = hole + 1 & mask; values[next] != null; next = next + 1 & mask) {
      if ((next - home(numbers[next]) & mask) >= (next - hole & mask)) {
        numbers[hole] = numbers[next];
        values[hole] = values[next];
        hole = next;
      }
    }
    values[hole] = null;
    return removed;
  }

  void clear() {
    numbers = new long[SMALLEST];
    values = new Object[SMALLEST];
    size = 0;
  }

  /** All values, in no order. */
  @SuppressWarnings("unchecked")
  List<V> all() {
    var all = new ArrayList<V>(size);
    for (var value : values) {
      if (value != null) {
        all.add((V) value);
      }
    }
    return all;
  }
}
