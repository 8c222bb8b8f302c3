/// Who may do what, and who did it.
@org.jspecify.annotations.NullMarked
package io.campanile.domain.access;
