/**
 * Reading options: each has a name, a type, a default and a sentence of documentation in one
 * place; unknown keys are refused with the nearest known one. Uses nothing of Switchboard.
 */
package io.switchboard.options;
