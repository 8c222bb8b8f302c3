/// What was written to the log.
@org.jspecify.annotations.NullMarked
package io.campanile.testkit.log;
