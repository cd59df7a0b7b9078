-- search_codes: regions whose code begins so in its system, or is linked to such a code of the other system. :kemendagri :bps (beginnings, or NULL) :kemendagri_after :bps_after :most
WITH linked AS (
    SELECT 'kemendagri' AS system, kemendagri AS code, bps AS other FROM geography.crosswalk_code
    WHERE bps >= :bps AND starts_with(bps, :bps)
    UNION
    SELECT 'bps', bps, kemendagri FROM geography.crosswalk_code
    WHERE kemendagri >= :kemendagri AND starts_with(kemendagri, :kemendagri)
), hit AS (
    SELECT 'kemendagri' AS system, edition_id, code, level, CAST(NULL AS text) AS other FROM geography.region_name
    WHERE code ~>=~ :kemendagri AND code ~<~ :kemendagri_after
    UNION ALL
    SELECT 'bps', edition_id, code, level, NULL FROM geography.region_name
    WHERE code ~>=~ :bps AND code ~<~ :bps_after
    UNION ALL
    SELECT linked.system, edition_id, region_name.code, level, linked.other
    FROM linked JOIN geography.region_name USING (code)
)
SELECT hit.edition_id, hit.code, hit.level, hit.other
FROM hit JOIN geography.edition ON edition.id = hit.edition_id AND edition.code_system = hit.system
ORDER BY length(hit.code), hit.code, hit.other NULLS FIRST
LIMIT :most
