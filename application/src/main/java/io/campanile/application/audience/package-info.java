/// Audiences and their members.
@org.jspecify.annotations.NullMarked
package io.campanile.application.audience;
