/** By which the groups are found that know somebody: of the members there is an index already. */
export const erasure = `
CREATE INDEX blocks_by_address ON blocks (address, group_id);
CREATE INDEX groups_with_contacts ON groups (contacts) WHERE contacts <> '[]';
`;
