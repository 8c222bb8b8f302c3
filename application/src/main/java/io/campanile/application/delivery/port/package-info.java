/// What delivery needs from outside.
@org.jspecify.annotations.NullMarked
package io.campanile.application.delivery.port;
