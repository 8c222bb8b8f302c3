/// Forgetting people, and telling them what is known of them.
@org.jspecify.annotations.NullMarked
package io.campanile.application.erasure;
