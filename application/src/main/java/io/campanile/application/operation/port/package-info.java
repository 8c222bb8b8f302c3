/// What operation needs from outside.
@org.jspecify.annotations.NullMarked
package io.campanile.application.operation.port;
