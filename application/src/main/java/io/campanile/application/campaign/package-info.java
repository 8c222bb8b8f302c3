/// What authors and operators do with campaigns, and how everybody else sees them.
@org.jspecify.annotations.NullMarked
package io.campanile.application.campaign;
