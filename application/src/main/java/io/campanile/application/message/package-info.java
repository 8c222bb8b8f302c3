/// Looking up what became of executions and messages.
@org.jspecify.annotations.NullMarked
package io.campanile.application.message;
