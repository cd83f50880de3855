import type { PbxConnectionCreate } from '../../../contract/pbx-connections.ts';
import type { ProductType } from '../../../contract/product-types.ts';
import type { Context } from '../../platform/http/context.ts';
import type { FieldFault } from '../../platform/http/fault.ts';

export interface ConnectionFacts {
  resellerId: string;
  /** Undefined when the product type named does not exist: told apart from this. */
  productType: ProductType | undefined;
  country: string;
}

/** The phone system's part of creating a customer; `Resolved` is known to whoever checked it. */
export interface CustomerServices<Resolved = unknown> {
  checkConnection(
    context: Context,
    facts: ConnectionFacts,
    input: PbxConnectionCreate,
    path: string,
  ): Promise<{ faults: FieldFault[]; resolved: Resolved | null }>;
  createConnection(
    context: Context,
    customerId: string,
    resellerId: string,
    resolved: Resolved,
  ): Promise<{ connectionId: string; operationId: string | null }>;
}
