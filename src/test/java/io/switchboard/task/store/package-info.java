/** Tests of where tasks are kept. */
package io.switchboard.task.store;
