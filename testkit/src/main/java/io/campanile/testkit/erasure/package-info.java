/// Fakes and contracts of erasures.
@org.jspecify.annotations.NullMarked
package io.campanile.testkit.erasure;
