/// What content needs from outside.
@org.jspecify.annotations.NullMarked
package io.campanile.application.content.port;
