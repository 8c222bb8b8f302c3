/// Where the suppression list is kept.
@org.jspecify.annotations.NullMarked
package io.campanile.application.suppression.port;
