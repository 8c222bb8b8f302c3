/// Fakes and contracts of what is kept encrypted.
@org.jspecify.annotations.NullMarked
package io.campanile.testkit.secret;
