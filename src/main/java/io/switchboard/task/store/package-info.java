/**
 * Where task exchanges keep their tasks: in this node's memory, or in the maps of the Hazelcast
 * cluster. Beside cluster the only package that uses Hazelcast. Implements task's seam.
 */
package io.switchboard.task.store;
