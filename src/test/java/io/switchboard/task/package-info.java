/** Tests of task exchanges. */
package io.switchboard.task;
