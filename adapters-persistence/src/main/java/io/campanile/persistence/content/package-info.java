/// Payloads as bytes.
@org.jspecify.annotations.NullMarked
package io.campanile.persistence.content;
