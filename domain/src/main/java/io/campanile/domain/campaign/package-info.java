/// What an author defines once, and the states it goes through.
@org.jspecify.annotations.NullMarked
package io.campanile.domain.campaign;
