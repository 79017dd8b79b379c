package io.switchboard.routing;

import java.util.List;

/**
 * Where the messages of one exchange can go, at one moment.
 *
 * @param declaration what the exchange is
 * @param workers     all that can be reached, those of this node included; never changed
 * @param local       those of {@code workers} that live on this node; never changed
 * @param interests   the nodes that hold a subscriber for a pattern, this one included
 * @param subscribers how many subscribers each node holds
 */
public record Route(Declaration declaration, Worker[] workers, Worker[] local,
  TopicTrie<Node> interests, List<Subscribers> subscribers) {

  /** The subscribers of one node, for showing: their distinct patterns and their number. */
  public record Subscribers(Node node, List<String> patterns, int count) {
  }
}
