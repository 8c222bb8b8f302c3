/// What recording receipts needs from outside.
@org.jspecify.annotations.NullMarked
package io.campanile.application.receipt.port;
