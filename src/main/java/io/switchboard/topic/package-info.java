/**
 * Topic exchanges: who gets an event on which node ({@link
 * io.switchboard.topic.TopicExchange} publishes and subscribes), the subscribers of this node
 * in rows with a bounded mailbox each, groups that share their events, and the retained values
 * that every node keeps. {@link io.switchboard.topic.Topics} is the way in. Uses exchange and
 * what lies below it.
 */
package io.switchboard.topic;
