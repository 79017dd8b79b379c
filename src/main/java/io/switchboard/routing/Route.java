package io.switchboard.routing;

import java.util.List;

/**
 * Where the messages of one exchange can go, at one moment.
 *
 * @param declaration what the exchange is
 * @param life        how many exchanges of this name were deleted before: one that was declared
 *                    anew is another exchange
 * @param workers     all that can be reached, those of this node included; never changed
 * @param local       those of {@code workers} that live on this node; never changed
 * @param interests   what part of the subscribers asks for a pattern, and on which node
 * @param subscribers how many subscribers each node holds
 */
public record Route(Declaration declaration, int life, Worker[] workers, Worker[] local,
  TopicTrie<Share> interests, List<Subscribers> subscribers) {

  /** The subscribers of one node, for showing: their distinct patterns and their number. */
  public record Subscribers(Node node, List<String> patterns, int count) {
  }
}
