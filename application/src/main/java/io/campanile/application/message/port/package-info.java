/// What look-ups of executions and messages need from outside.
@org.jspecify.annotations.NullMarked
package io.campanile.application.message.port;
