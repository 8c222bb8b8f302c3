/// Executions for a whole audience: writing their messages, holding and resuming them.
@org.jspecify.annotations.NullMarked
package io.campanile.application.broadcast;
