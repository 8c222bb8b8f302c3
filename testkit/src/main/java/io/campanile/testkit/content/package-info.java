/// Payloads and templates without a library.
@org.jspecify.annotations.NullMarked
package io.campanile.testkit.content;
