/// From an accepted message to its outcome.
@org.jspecify.annotations.NullMarked
package io.campanile.application.delivery;
