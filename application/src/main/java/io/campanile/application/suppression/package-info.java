/// The suppression list.
@org.jspecify.annotations.NullMarked
package io.campanile.application.suppression;
